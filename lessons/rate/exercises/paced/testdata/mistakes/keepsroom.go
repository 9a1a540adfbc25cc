// Verdict: slow
// Says: Do takes 3s, and could take 2.05s

package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) { // here
	room := make(chan struct{}, min(limit, rate))
	var wg sync.WaitGroup
	for n := range jobs {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			next := time.Now().Add(per)
			call(n)
			time.Sleep(time.Until(next))
		})
	}
	wg.Wait()
}
