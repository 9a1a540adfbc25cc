// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: Count(12, 4) returns

package parts

import "sync"

func Count(n, parts int, count func(from, to int) int) int { // here
	total := 0
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() { total += count(i*n/parts, (i+1)*n/parts) })
	}
	wg.Wait()
	return total
}
