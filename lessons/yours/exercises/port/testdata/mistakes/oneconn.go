// Verdict: wrong
// Says: A connection is used for two things at once

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string { // here
	queue := make(chan string)
	results := make(chan string, len(jobs))
	conn := open()
	defer conn.Close()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
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
