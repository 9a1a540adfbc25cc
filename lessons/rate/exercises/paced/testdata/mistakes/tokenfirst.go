// Verdict: wrong
// Says: Do begins 4 calls within 200ms, but only 3 may begin in less than 1s

package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) { // here
	room, tokens := make(chan struct{}, limit), make(chan struct{}, rate)
	var wg sync.WaitGroup
	for n := range jobs {
		tokens <- struct{}{}
		time.AfterFunc(per, func() { <-tokens })
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			call(n)
		})
	}
	wg.Wait()
}
