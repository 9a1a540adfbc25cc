// Verdict: wrong
// Says: In a pool of 3, 7 jobs are under way at once

package rounds

import "sync"

func Run(jobs []string, size int, do func(job string)) { // here
	room := make(chan struct{}, size)
	var wg sync.WaitGroup
	for _, job := range jobs {
		room <- struct{}{}
		wg.Go(func() {
			<-room
			do(job)
		})
	}
	wg.Wait()
}
