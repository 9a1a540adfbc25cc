// Package yours is an asyncio script in Go: line by line
// first, and then so that its workers stop.
package yours

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// worker takes jobs for ever, as the script's does.
func worker(ctx context.Context, name string,
	queue <-chan int, results chan<- string,
	wait time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	defer fmt.Println(name, "stops")
	for {
		job := <-queue
		time.Sleep(wait)
		results <- fmt.Sprint("result of job ", job)
	}
}

// report sends the results off.
func report(ctx context.Context, name string,
	results []string, wait time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(wait)
	fmt.Println(len(results), "results reported")
	return nil
}

// Script is the script, with nothing for cancel.
func Script(ctx context.Context,
	workers, jobs int, wait time.Duration) error {
	queue := make(chan int, jobs)
	results := make(chan string, jobs)
	for n := range workers {
		name := fmt.Sprint("worker ", n+1)
		go worker(ctx, name, queue, results, wait)
	}
	for n := range jobs {
		queue <- n + 1
	}
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	return report(ctx, "report", all, wait)
}

// ender is a worker that ends: when queue is closed, and
// nothing is left in it.
func ender(ctx context.Context, name string,
	queue <-chan int, results chan<- string,
	wait time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	defer fmt.Println(name, "stops")
	for job := range queue {
		time.Sleep(wait)
		results <- fmt.Sprint("result of job ", job)
	}
}

// Closed is Script, and closes the queue behind the last
// job, and waits for the workers.
func Closed(ctx context.Context,
	workers, jobs int, wait time.Duration) error {
	queue := make(chan int, jobs)
	results := make(chan string, jobs)
	var wg sync.WaitGroup
	for n := range workers {
		name := fmt.Sprint("worker ", n+1)
		wg.Go(func() { ender(ctx, name, queue, results, wait) })
	}
	for n := range jobs {
		queue <- n + 1
	}
	close(queue)
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	wg.Wait()
	return report(ctx, "report", all, wait)
}
