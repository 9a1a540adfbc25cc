// Package rules has a small program for each thing to
// remember about asyncio, to see what it becomes in Go.
package rules

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"
)

// pause waits for d. Only who called it waits.
func pause(ctx context.Context, name string,
	d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "waits")
	time.Sleep(d)
	fmt.Println(name, "goes on")
}

// Start does what main does in a program of its own: it
// starts goroutines and waits as it likes. When it
// returns, the program ends, and with it whoever is
// left, without a word.
func Start(ctx context.Context,
	delay time.Duration) error {
	go pause(ctx, "leftover", 2*delay)
	pause(ctx, "main", delay)
	return nil
}

// ordinary is a function like any other. It calls one
// that waits, and so it waits too.
func ordinary(ctx context.Context, name string,
	d time.Duration) {
	pause(ctx, name, d)
}

// Anywhere calls it in a goroutine, and calls it.
func Anywhere(ctx context.Context,
	delay time.Duration) error {
	var wg sync.WaitGroup
	wg.Go(func() { ordinary(ctx, "other", delay) })
	ordinary(ctx, "caller", delay)
	wg.Wait()
	return nil
}

// burn keeps a CPU busy: it hashes size MiB of zeros.
func burn(ctx context.Context, name string, size int) {
	defer trace.StartRegion(ctx, name).End()
	block := make([]byte, 1<<20)
	hash := sha256.New()
	for range size {
		hash.Write(block)
	}
	fmt.Printf("%s hashed %d MiB: %x\n",
		name, size, hash.Sum(nil)[:4])
}

// Elsewhere computes in a goroutine while the caller
// waits. Where that is, the scheduler decides.
func Elsewhere(ctx context.Context,
	delay time.Duration, count int) error {
	var wg sync.WaitGroup
	wg.Go(func() { burn(ctx, "cpu", count) })
	pause(ctx, "caller", delay)
	wg.Wait()
	return nil
}

// increment reads, lets others run, and writes. Read
// and write are atomic, one by one; the pair is not.
func increment(counter *atomic.Int64) {
	n := counter.Load()
	runtime.Gosched()
	counter.Store(n + 1)
}

// add increments the counter once, at any time.
func add(ctx context.Context, name string,
	counter *atomic.Int64) {
	defer trace.StartRegion(ctx, name).End()
	increment(counter)
}

// addLocked increments it while nobody else does.
func addLocked(ctx context.Context, name string,
	counter *atomic.Int64, mu *sync.Mutex) {
	defer trace.StartRegion(ctx, name).End()
	mu.Lock()
	defer mu.Unlock()
	increment(counter)
}

// addAtOnce reads and writes in one step, which nobody
// can come in between.
func addAtOnce(ctx context.Context, name string,
	counter *atomic.Int64) {
	defer trace.StartRegion(ctx, name).End()
	counter.Add(1)
}

// Shared has count goroutines increment a counter,
// three ways.
func Shared(ctx context.Context, count int) error {
	var wg sync.WaitGroup
	var counter, locked, atOnce atomic.Int64
	for n := range count {
		wg.Go(func() {
			name := fmt.Sprint("adder ", n+1)
			add(ctx, name, &counter)
		})
	}
	wg.Wait()
	fmt.Println("without a lock:",
		counter.Load(), "of", count)

	var mu sync.Mutex
	for n := range count {
		wg.Go(func() {
			name := fmt.Sprint("adder ", n+1)
			addLocked(ctx, name, &locked, &mu)
		})
	}
	wg.Wait()
	fmt.Println("with a lock:",
		locked.Load(), "of", count)

	for n := range count {
		wg.Go(func() {
			name := fmt.Sprint("adder ", n+1)
			addAtOnce(ctx, name, &atOnce)
		})
	}
	wg.Wait()
	fmt.Println("in one step:",
		atOnce.Load(), "of", count)
	return nil
}
