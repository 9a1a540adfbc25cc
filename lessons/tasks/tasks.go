// Package tasks runs two workers that wait, one after
// the other and both at once: the Go counterpart of
// asyncio.create_task.
package tasks

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// worker says that it starts, waits for d, and says
// that it is done. The region gives it a bar with its
// name on the timeline.
func worker(ctx context.Context, name string,
	d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	time.Sleep(d)
	fmt.Println(name, "finished after", d)
}

// Sequential calls the workers one after the other.
func Sequential(ctx context.Context,
	a, b time.Duration) error {
	worker(ctx, "A", a)
	worker(ctx, "B", b)
	return nil
}

// Concurrent starts both workers and waits until both
// are done.
func Concurrent(ctx context.Context,
	a, b time.Duration) error {
	var wg sync.WaitGroup
	wg.Go(func() { worker(ctx, "A", a) })
	wg.Go(func() { worker(ctx, "B", b) })
	wg.Wait()
	return nil
}

// Cancelled cancels A's context as soon as B is done.
// It does not end A: time.Sleep knows no context.
func Cancelled(ctx context.Context,
	a, b time.Duration) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { worker(ctx, "A", a) })
	worker(ctx, "B", b)
	cancel()
	wg.Wait()
	return nil
}

// listener is a worker that can be cancelled: it waits
// for d or for the end of ctx, whichever comes first.
func listener(ctx context.Context, name string,
	d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	select {
	case <-time.After(d):
		fmt.Println(name, "finished after", d)
	case <-ctx.Done():
		fmt.Println(name, "was cancelled")
	}
}

// Listening is Cancelled with an A that listens.
func Listening(ctx context.Context,
	a, b time.Duration) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { listener(ctx, "A", a) })
	worker(ctx, "B", b)
	cancel()
	wg.Wait()
	return nil
}
