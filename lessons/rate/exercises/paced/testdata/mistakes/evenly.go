// Verdict: wrong
// Says: Do begins call(1) after 200ms, but the limits allow it after 0s

package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) { // here
	room := make(chan struct{}, limit)
	ticker := time.NewTicker(per / time.Duration(rate))
	defer ticker.Stop()
	var wg sync.WaitGroup
	for n := range jobs {
		room <- struct{}{}
		if n > 0 {
			<-ticker.C
		}
		wg.Go(func() {
			defer func() { <-room }()
			call(n)
		})
	}
	wg.Wait()
}
