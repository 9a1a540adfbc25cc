// Verdict: leak
// Says: 3 goroutines are left over that wait to receive from a channel for ever

package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) {
	queue := make(chan string)
	var wg sync.WaitGroup
	for range size {
		go func() {
			for job := range queue { // here
				do(job)
				wg.Done()
			}
		}()
	}
	for _, job := range jobs {
		wg.Add(1)
		queue <- job
	}
	wg.Wait()
}
