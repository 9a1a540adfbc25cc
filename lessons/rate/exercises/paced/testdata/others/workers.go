package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) {
	var mu sync.Mutex
	next, last := 0, make([]time.Time, rate)
	take := func() (n int, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == jobs {
			return 0, false
		}
		n = next
		next++
		time.Sleep(time.Until(last[n%rate].Add(per)))
		last[n%rate] = time.Now()
		return n, true
	}
	var wg sync.WaitGroup
	for range limit {
		wg.Go(func() {
			for n, ok := take(); ok; n, ok = take() {
				call(n)
			}
		})
	}
	wg.Wait()
}
