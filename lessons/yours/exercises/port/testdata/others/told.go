package port

import (
	"context"
	"sync"
)

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string {
	ctx, cancel := context.WithCancel(context.Background())
	queue := make(chan string, len(jobs))
	results := make(chan string, len(jobs))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			conn := open()
			defer conn.Close()
			for {
				select {
				case job := <-queue:
					results <- conn.Do(job)
				case <-ctx.Done():
					return
				}
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	var all []string
	for range jobs {
		all = append(all, <-results)
	}
	cancel()
	wg.Wait()
	return all
}
