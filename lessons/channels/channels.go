// Package channels hands items from one goroutine to
// another: without room between them, and with some.
package channels

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// producer sends all items, and says that no more come.
func producer(ctx context.Context, name string,
	queue chan<- int, items int) {
	defer trace.StartRegion(ctx, name).End()
	defer close(queue)
	for n := range items {
		queue <- n + 1
	}
	fmt.Println("producer is done")
}

// consumer handles each item that comes.
func consumer(ctx context.Context, name string,
	queue <-chan int, each time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	for item := range queue {
		time.Sleep(each)
		fmt.Println("item", item, "is handled")
	}
}

// handOver has all items go through the queue.
func handOver(ctx context.Context,
	queue chan int, items int, each time.Duration) {
	var wg sync.WaitGroup
	wg.Go(func() { producer(ctx, "producer", queue, items) })
	wg.Go(func() { consumer(ctx, "consumer", queue, each) })
	wg.Wait()
}

// Unbuffered has a channel as make gives it.
func Unbuffered(ctx context.Context,
	items int, each time.Duration) error {
	queue := make(chan int)
	handOver(ctx, queue, items, each)
	return nil
}

// Buffered has a channel with room for size items.
func Buffered(ctx context.Context,
	items, size int, each time.Duration) error {
	queue := make(chan int, size)
	handOver(ctx, queue, items, each)
	return nil
}

// waiter goes on when ready is closed.
func waiter(ctx context.Context, name string,
	ready <-chan struct{}) {
	defer trace.StartRegion(ctx, name).End()
	<-ready
	fmt.Println(name, "goes on")
}

// Broadcast wakes all waiters, and then comes one more.
func Broadcast(ctx context.Context,
	waiters int, each time.Duration) error {
	ready := make(chan struct{})
	var wg sync.WaitGroup
	for n := range waiters {
		name := fmt.Sprint("waiter ", n+1)
		wg.Go(func() { waiter(ctx, name, ready) })
	}
	time.Sleep(each)
	close(ready)
	wg.Wait()
	waiter(ctx, "latecomer", ready)
	return nil
}
