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
