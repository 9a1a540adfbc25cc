// Package gather collects the results of two workers in
// the order they were asked for: the Go counterpart of
// asyncio.gather.
package gather

import (
	"context"
	"errors"
	"fmt"
	"runtime/trace"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// worker waits for d and returns what it has to say.
func worker(ctx context.Context, name string,
	d time.Duration) string {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	time.Sleep(d)
	fmt.Println(name, "finished after", d)
	return fmt.Sprintf("%s's result", name)
}

// report prints the results as they stand in the slice.
func report(results []string) {
	for i, result := range results {
		fmt.Printf("results[%d] = %s\n", i, result)
	}
}

// Sequential asks for one result after the other.
func Sequential(ctx context.Context,
	a, b time.Duration) error {
	results := []string{
		worker(ctx, "A", a),
		worker(ctx, "B", b),
	}
	report(results)
	return nil
}

// Concurrent runs both workers at once. Each writes its
// result into a place of its own, so that the order is
// the order asked for.
func Concurrent(ctx context.Context,
	a, b time.Duration) error {
	results := make([]string, 2)
	var wg sync.WaitGroup
	wg.Go(func() { results[0] = worker(ctx, "A", a) })
	wg.Go(func() { results[1] = worker(ctx, "B", b) })
	wg.Wait()
	report(results)
	return nil
}

// fail waits for d, and fails.
func fail(ctx context.Context, name string,
	d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	time.Sleep(d)
	return errors.New("no answer")
}

// Failing runs A, and a B that fails. Nobody tells A of
// it, and Wait waits for both.
func Failing(ctx context.Context,
	a, b time.Duration) error {
	var result string
	var err error
	var wg sync.WaitGroup
	wg.Go(func() { result = worker(ctx, "A", a) })
	wg.Go(func() { err = fail(ctx, "B", b) })
	wg.Wait()
	fmt.Println("B:", err)
	fmt.Println("A:", result)
	return nil
}

// listener is a worker that gives up when ctx is done.
func listener(ctx context.Context, name string,
	d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	select {
	case <-time.After(d):
		fmt.Println(name, "finished after", d)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Grouped runs both in a group: the first error cancels
// the context, and Wait returns that error.
func Grouped(ctx context.Context,
	a, b time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return listener(ctx, "A", a) })
	group.Go(func() error { return fail(ctx, "B", b) })
	if err := group.Wait(); err != nil {
		fmt.Println("B:", err)
	}
	return nil
}
