// Package deadlock moves money between two accounts in both
// directions at once. Each account has a lock.
package deadlock

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

type account struct {
	name string
	mu   sync.Mutex
}

// transfer needs two accounts for itself, and locks one
// after the other.
func transfer(ctx context.Context, name string,
	first, second *account, hold time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	first.mu.Lock()
	defer first.mu.Unlock()
	fmt.Println(name, "has locked", first.name)
	time.Sleep(hold)
	second.mu.Lock()
	defer second.mu.Unlock()
	fmt.Println(name, "is done")
}

// Locks locks the account that gives first.
func Locks(ctx context.Context, hold time.Duration) error {
	a, b := &account{name: "A"}, &account{name: "B"}
	var wg sync.WaitGroup
	wg.Go(func() { transfer(ctx, "A to B", a, b, hold) })
	wg.Go(func() { transfer(ctx, "B to A", b, a, hold) })
	wg.Wait()
	return nil
}

// WithTicker is Locks in a program that does something now
// and then, as a server does.
func WithTicker(ctx context.Context,
	hold, patience time.Duration) error {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	over := make(chan struct{})
	defer close(over)
	go func() {
		defer trace.StartRegion(ctx, "ticker").End()
		select {
		case <-ticker.C:
			fmt.Println("a minute is over")
		case <-over:
		}
	}()
	done := make(chan struct{})
	go func() {
		defer trace.StartRegion(ctx, "both").End()
		Locks(ctx, hold)
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(patience):
		fmt.Println("given up after", patience)
	}
	return nil
}

// Ordered locks account A first, whoever gives.
func Ordered(ctx context.Context, hold time.Duration) error {
	a, b := &account{name: "A"}, &account{name: "B"}
	var wg sync.WaitGroup
	wg.Go(func() { transfer(ctx, "A to B", a, b, hold) })
	wg.Go(func() { transfer(ctx, "B to A", a, b, hold) })
	wg.Wait()
	return nil
}
