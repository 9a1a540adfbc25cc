// Verdict: wrong
// Says: Do begins 4 calls within 200ms, but only 3 may begin in less than 1s

package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) { // here
	room := make(chan struct{}, limit)
	var wg sync.WaitGroup
	var round time.Time
	for n := range jobs {
		room <- struct{}{}
		if n%rate == 0 {
			time.Sleep(time.Until(round.Add(per)))
			round = time.Now()
		}
		wg.Go(func() {
			defer func() { <-room }()
			call(n)
		})
	}
	wg.Wait()
}
