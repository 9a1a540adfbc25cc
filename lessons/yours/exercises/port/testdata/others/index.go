package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string {
	queue := make(chan int)
	results := make([]string, len(jobs))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			conn := open()
			defer conn.Close()
			for i := range queue {
				results[i] = conn.Do(jobs[i])
			}
		})
	}
	for i := range jobs {
		queue <- i
	}
	close(queue)
	wg.Wait()
	return results
}
