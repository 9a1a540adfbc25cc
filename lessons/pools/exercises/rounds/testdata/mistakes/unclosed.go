// Verdict: deadlock
// Says: nobody can go on: here Run waits for a WaitGroup, and 3 goroutines wait to receive from a channel at line 13

package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) {
	queue := make(chan string)
	var wg sync.WaitGroup
	for range size {
		wg.Go(func() {
			for job := range queue {
				do(job)
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	wg.Wait() // here
}
