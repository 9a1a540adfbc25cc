// Verdict: wrong
// Says: Count(10, 4) leaves out 8

package parts

import "sync"

func Count(n, parts int, count func(from, to int) int) int { // here
	counts := make([]int, parts)
	size := n / parts
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() { counts[i] = count(i*size, (i+1)*size) })
	}
	wg.Wait()
	total := 0
	for _, c := range counts {
		total += c
	}
	return total
}
