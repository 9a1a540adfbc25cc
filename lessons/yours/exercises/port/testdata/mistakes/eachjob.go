// Verdict: wrong
// Says: Run opens 7 connections for 3 workers

package port

import "sync"

type Conn interface {
	Do(job string) string
	Close()
}

func Run(jobs []string, workers int, open func() Conn) []string { // here
	room := make(chan struct{}, workers)
	results := make([]string, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		room <- struct{}{}
		wg.Go(func() {
			conn := open()
			results[i] = conn.Do(job)
			conn.Close()
			<-room
		})
	}
	wg.Wait()
	return results
}
