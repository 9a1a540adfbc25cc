// Package port is a script that was ported line by line.
package port

import "sync"

// A Conn is a connection, for one worker. Do takes its time
// and gives the result of a job; Close may take time, too.
type Conn interface {
	Do(job string) string
	Close()
}

// Run has so many workers do all jobs, and returns their
// results in any order. Each worker opens a connection, does
// its jobs with it, and closes it. When Run returns, all
// connections are closed and no worker is left.
func Run(jobs []string, workers int,
	open func() Conn) []string {
	queue := make(chan string)
	results := make(chan string, len(jobs))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			conn := open()
			defer conn.Close()
			for job := range queue {
				results <- conn.Do(job)
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	wg.Wait()
	close(results)
	var all []string
	for result := range results {
		all = append(all, result)
	}
	return all
}
