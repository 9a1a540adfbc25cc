// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: Run returns

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string { // here
	queue := make(chan string)
	var all []string
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			conn := open()
			defer conn.Close()
			for job := range queue {
				all = append(all, conn.Do(job))
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	wg.Wait()
	return all
}
