// Verdict: wrong
// Says: First(9, 2) goes on to 6, although it knows of a number that fits

package search

import "sync"

func First(limit, workers int, fits func(n int) bool) (int, bool) { // here
	numbers := make(chan int)
	var mu sync.Mutex
	best := limit
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range numbers {
				if fits(n) {
					mu.Lock()
					best = min(best, n)
					mu.Unlock()
				}
			}
		})
	}
	for n := range limit {
		numbers <- n
	}
	close(numbers)
	wg.Wait()
	if best == limit {
		return 0, false
	}
	return best, true
}
