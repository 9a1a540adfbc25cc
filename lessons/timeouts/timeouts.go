// Package timeouts gives work a limit: work that does
// not look at it, work that does, and requests to a
// server that never answers.
package timeouts

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/trace"
	"sync"
	"time"
)

// deafReport takes its time, and never looks at ctx.
func deafReport(ctx context.Context, name string,
	work time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(work)
	return nil
}

// watch says when the limit is over.
func watch(ctx context.Context, name string) {
	defer trace.StartRegion(ctx, name).End()
	<-ctx.Done()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		fmt.Println(name, "is over")
	}
}

// say says what came of it.
func say(name string, err error) {
	if err != nil {
		fmt.Printf("%s: %v\n", name, err)
		return
	}
	fmt.Printf("%s: done\n", name)
}

// Deaf gives the report a limit, which it never sees.
func Deaf(ctx context.Context,
	limit, work time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { watch(ctx, "limit") })
	say("report", deafReport(ctx, "report", work))
	cancel()
	wg.Wait()
	return nil
}

// listeningReport takes its time, or returns when ctx
// ends.
func listeningReport(ctx context.Context, name string,
	work time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(work):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Listening is Deaf with a report that listens.
func Listening(ctx context.Context,
	limit, work time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { watch(ctx, "limit") })
	say("report", listeningReport(ctx, "report", work))
	cancel()
	wg.Wait()
	return nil
}

// errOver is why the lesson ends a request.
var errOver = errors.New("the lesson was over")

// get asks for a page, and says how long it waited:
// until a limit, or until the lesson was over. A Timeout
// of 0 is none.
func get(ctx context.Context, name, page string,
	timeout time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	client := &http.Client{
		Timeout:   timeout,
		Transport: &http.Transport{},
	}
	req, err := http.NewRequestWithContext(ctx,
		http.MethodGet, page, nil)
	if err != nil {
		say(name, err)
		return
	}
	resp, err := client.Do(req)
	switch {
	case err == nil:
		resp.Body.Close()
		say(name, nil)
	case errors.Is(err, context.DeadlineExceeded):
		say(name, errors.New("gave up"))
	case errors.Is(err, errOver):
		say(name, errors.New("waits on"))
	default:
		say(name, err)
	}
}

// Client asks a server that never answers: with a limit
// of the client, with one of the request, with neither.
func Client(ctx context.Context, page string,
	limit, work time.Duration) error {
	lesson, cancel := context.WithTimeoutCause(ctx,
		work, errOver)
	defer cancel()
	short, cancel := context.WithTimeout(lesson, limit)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { get(lesson, "Timeout", page, limit) })
	wg.Go(func() { get(short, "ctx", page, 0) })
	wg.Go(func() { get(lesson, "neither", page, 0) })
	wg.Wait()
	return nil
}
