// Verdict: wrong
// Says: Do has 6 calls under way at once, but limit is 2

package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) { // here
	tokens := make(chan struct{}, rate)
	var wg sync.WaitGroup
	for n := range jobs {
		tokens <- struct{}{}
		time.AfterFunc(per, func() { <-tokens })
		wg.Go(func() { call(n) })
	}
	wg.Wait()
}
