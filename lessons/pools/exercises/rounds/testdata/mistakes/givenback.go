// Verdict: wrong
// Says: 7 jobs are under way at once in a pool of 3

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
