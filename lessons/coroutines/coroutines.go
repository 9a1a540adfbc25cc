// Package coroutines says hello several times: a
// function that waits in the middle needs no async
// before it and no await at the call.
package coroutines

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// sayHello pauses between its two lines. Only the
// goroutine that runs it pauses.
func sayHello(ctx context.Context, name string,
	delay time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println("Hello...")
	time.Sleep(delay)
	fmt.Println("...World!")
}

// Sequential calls sayHello count times, one call after
// the other.
func Sequential(ctx context.Context,
	delay time.Duration, count int) error {
	for n := range count {
		sayHello(ctx, fmt.Sprint("hello ", n+1), delay)
	}
	return nil
}

// Concurrent starts count goroutines and waits for all
// of them.
func Concurrent(ctx context.Context,
	delay time.Duration, count int) error {
	var wg sync.WaitGroup
	for n := range count {
		wg.Go(func() {
			name := fmt.Sprint("hello ", n+1)
			sayHello(ctx, name, delay)
		})
	}
	wg.Wait()
	return nil
}

// Forgotten starts the goroutines and returns without
// waiting. What has not been printed by then never is.
func Forgotten(ctx context.Context,
	delay time.Duration, count int) error {
	for n := range count {
		go sayHello(ctx, fmt.Sprint("hello ", n+1), delay)
	}
	fmt.Println("main returns")
	return nil
}
