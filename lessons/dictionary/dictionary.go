// Package dictionary has a small program for each word of
// asyncio that no lesson is about. Nothing in it is more
// than an example.
package dictionary

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// tick is what everything here waits a few of.
const tick = 100 * time.Millisecond

// wait waits, in a lane of that name.
func wait(ctx context.Context, name string,
	d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
}

// Deadline gives a wait of six ticks three. It ends,
// because it listens.
func Deadline(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*tick)
	defer cancel()
	defer trace.StartRegion(ctx, "caller").End()
	select {
	case <-time.After(6 * tick):
		fmt.Println("the answer came")
	case <-ctx.Done():
		fmt.Println("too late:", ctx.Err())
	}
	return nil
}

// waiter goes on when the channel is closed.
func waiter(ctx context.Context, name string,
	ready <-chan struct{}) {
	defer trace.StartRegion(ctx, name).End()
	<-ready
	fmt.Println("a waiter goes on")
}

// Broadcast closes a channel: all who receive go on.
func Broadcast(ctx context.Context) error {
	ready := make(chan struct{})
	var wg sync.WaitGroup
	for n := range 3 {
		wg.Go(func() {
			waiter(ctx, fmt.Sprint("waiter ", n+1), ready)
		})
	}
	time.Sleep(3 * tick)
	close(ready) // and never again: it would panic
	wg.Wait()
	return nil
}

// consumer handles what comes until there is no more.
func consumer(ctx context.Context, name string,
	jobs <-chan int, done *sync.WaitGroup) {
	defer trace.StartRegion(ctx, name).End()
	for job := range jobs {
		time.Sleep(2 * tick)
		fmt.Println("job", job, "is done")
		done.Done()
	}
}

// Queueing has a queue with room for two. The WaitGroup
// counts jobs, as Queue.join does.
func Queueing(ctx context.Context) error {
	jobs := make(chan int, 2)
	var done sync.WaitGroup
	go consumer(ctx, "consumer", jobs, &done)
	for job := range 3 {
		done.Add(1)
		jobs <- job + 1 // waits while it is full
	}
	done.Wait()
	close(jobs) // the consumer ends, too
	return nil
}
