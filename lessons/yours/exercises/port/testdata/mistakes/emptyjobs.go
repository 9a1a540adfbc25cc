// Verdict: wrong
// Says: Do is called for the job "", and there is no such job

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string { // here
	queue := make(chan string, len(jobs))
	results := make(chan string, len(jobs))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			conn := open()
			defer conn.Close()
			for {
				job := <-queue
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
