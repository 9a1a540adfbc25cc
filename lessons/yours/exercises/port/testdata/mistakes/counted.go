// Verdict: leak
// Says: 3 goroutines are left over that wait to receive from a channel for ever

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string {
	queue := make(chan string, len(jobs))
	results := make(chan string, len(jobs))
	var joined sync.WaitGroup
	for range workers {
		go func() {
			conn := open()
			defer conn.Close()
			for job := range queue { // here
				results <- conn.Do(job)
				joined.Done()
			}
		}()
	}
	for _, job := range jobs {
		joined.Add(1)
		queue <- job
	}
	joined.Wait()
	close(results)
	var all []string
	for result := range results {
		all = append(all, result)
	}
	return all
}
