// Package selects waits for several channels at once.
package selects

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// full is a channel with a value for each round.
func full(rounds int) <-chan int {
	values := make(chan int, rounds)
	for n := range rounds {
		values <- n
	}
	return values
}

// report says how often each of the two was taken.
func report(left, right, rounds int) {
	fmt.Printf("left: %d of %d\n", left, rounds)
	fmt.Printf("right: %d of %d\n", right, rounds)
}

// Fair waits for two channels that are ready, always.
func Fair(ctx context.Context, rounds int) error {
	left, right := full(rounds), full(rounds)
	fromLeft, fromRight := 0, 0
	for range rounds {
		select {
		case <-left:
			fromLeft++
		case <-right:
			fromRight++
		}
	}
	report(fromLeft, fromRight, rounds)
	return nil
}

// First asks for left alone before it waits for both.
func First(ctx context.Context, rounds int) error {
	left, right := full(rounds), full(rounds)
	fromLeft, fromRight := 0, 0
	for range rounds {
		select {
		case <-left:
			fromLeft++
			continue
		default: // left is not ready
		}
		select {
		case <-left:
			fromLeft++
		case <-right:
			fromRight++
		}
	}
	report(fromLeft, fromRight, rounds)
	return nil
}

// source sends a message now and then.
func source(ctx context.Context, name string,
	inbox chan<- int, messages int, every time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	defer close(inbox)
	for n := range messages {
		select {
		case <-time.After(every):
			inbox <- n + 1 // which has room for all
		case <-ctx.Done():
			return
		}
	}
}

// open starts a source; stop ends it, and waits for it.
func open(ctx context.Context, messages int,
	every time.Duration) (inbox <-chan int, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	sent := make(chan int, messages)
	var wg sync.WaitGroup
	wg.Go(func() {
		source(ctx, "source", sent, messages, every)
	})
	return sent, func() { cancel(); wg.Wait() }
}

// readIdle has a limit in the loop.
func readIdle(ctx context.Context, name string,
	inbox <-chan int, limit time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	for {
		select {
		case message, ok := <-inbox:
			if !ok {
				fmt.Println("that was all")
				return
			}
			fmt.Println("message", message)
		case <-time.After(limit):
			fmt.Println("gave up")
			return
		}
	}
}

// Idle reads all messages, with a limit in the loop.
func Idle(ctx context.Context, messages int,
	every, limit time.Duration) error {
	inbox, stop := open(ctx, messages, every)
	defer stop()
	readIdle(ctx, "reader", inbox, limit)
	return nil
}

// readOverall has a limit outside of the loop.
func readOverall(ctx context.Context, name string,
	inbox <-chan int, limit time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	timeout := time.After(limit)
	for {
		select {
		case message, ok := <-inbox:
			if !ok {
				fmt.Println("that was all")
				return
			}
			fmt.Println("message", message)
		case <-timeout:
			fmt.Println("gave up")
			return
		}
	}
}

// Overall is Idle, with one limit for all messages.
func Overall(ctx context.Context, messages int,
	every, limit time.Duration) error {
	inbox, stop := open(ctx, messages, every)
	defer stop()
	readOverall(ctx, "reader", inbox, limit)
	return nil
}
