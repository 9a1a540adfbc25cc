// Package panics has two workers, one of which panics.
package panics

import (
	"context"
	"fmt"
	"runtime/trace"
	"time"

	"golang.org/x/sync/errgroup"
)

// good waits, and is done.
func good(ctx context.Context, d time.Duration) {
	defer trace.StartRegion(ctx, "good").End()
	time.Sleep(d)
	fmt.Println("good is done")
}

// bad waits, and reads what is not there.
func bad(ctx context.Context, d time.Duration) {
	defer trace.StartRegion(ctx, "bad").End()
	prices := []int{10, 20}
	time.Sleep(d)
	fmt.Println("the price is", prices[len(prices)])
}

// Goroutine has a deferred recover, as some have in main.
func Goroutine(ctx context.Context,
	fails, other time.Duration) error {
	defer fmt.Println("main: a defer has run")
	defer func() {
		fmt.Println("main: recovered", recover())
	}()
	go bad(ctx, fails)
	good(ctx, other)
	return nil
}

// Recovered recovers where the panic is.
func Recovered(ctx context.Context,
	fails, other time.Duration) error {
	go func() {
		defer func() {
			fmt.Println("bad: recovered", recover())
		}()
		bad(ctx, fails)
	}()
	good(ctx, other)
	return nil
}

// safely calls f, and returns its panic as an error.
func safely(f func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	f()
	return nil
}

// Handed hands the panic on to who waits for both.
func Handed(ctx context.Context,
	fails, other time.Duration) error {
	var group errgroup.Group
	group.Go(func() error {
		return safely(func() { bad(ctx, fails) })
	})
	group.Go(func() error {
		return safely(func() { good(ctx, other) })
	})
	fmt.Println("main: got", group.Wait())
	return nil
}
