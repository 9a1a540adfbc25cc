// Command jobs is jobs.py in Go, line by line: the first
// port. Its workers never stop; watch them.
package main

import (
	"fmt"
	"time"
)

func worker(name string, queue <-chan int,
	results chan<- string, wait time.Duration) {
	defer fmt.Println(name, "stops")
	for {
		job := <-queue
		time.Sleep(wait)
		results <- fmt.Sprint("result of job ", job)
	}
}

func report(results []string, wait time.Duration) {
	time.Sleep(wait)
	fmt.Println(len(results), "results reported")
}

func script(workers, jobs int, wait time.Duration) {
	queue := make(chan int, jobs)
	results := make(chan string, jobs)
	for n := range workers {
		name := fmt.Sprint("worker ", n+1)
		go worker(name, queue, results, wait)
	}
	for n := range jobs {
		queue <- n + 1
	}
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	report(all, wait)
}

func main() {
	script(3, 9, 500*time.Millisecond)
}
