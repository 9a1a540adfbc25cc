// Verdict: deadlock
// Says: nobody can go on: here Run waits

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string {
	queue := make(chan string)
	results := make(chan string)
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
		queue <- job // here
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
