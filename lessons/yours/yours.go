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
	results []string, wait time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(wait)
	fmt.Println(len(results), "results reported")
}

// Script is the script, line by line. Nothing in it
// stands for cancel.
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
	report(ctx, "report", all, wait)
	return nil
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

// Closed closes the queue behind the last job, and waits
// for the workers.
func Closed(ctx context.Context,
	workers, jobs int, wait time.Duration) error {
	queue := make(chan int, jobs)
	results := make(chan string, jobs)
	var wg sync.WaitGroup
	for n := range workers {
		name := fmt.Sprint("worker ", n+1)
		wg.Go(func() {
			ender(ctx, name, queue, results, wait)
		})
	}
	for n := range jobs {
		queue <- n + 1
	}
	close(queue)
	wg.Wait()
	close(results)
	var all []string
	for result := range results {
		all = append(all, result)
	}
	report(ctx, "report", all, wait)
	return nil
}
