// Verdict: race
// Says: at the same time, here too

package parts

import "sync"

func Count(n, parts int, count func(from, to int) int) int {
	total := 0
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			found := count(i*n/parts, (i+1)*n/parts)
			total += found // here
		})
	}
	wg.Wait()
	return total
}
