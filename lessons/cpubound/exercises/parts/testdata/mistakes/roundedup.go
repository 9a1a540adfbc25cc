// Verdict: wrong
// Says: Count(10, 4) has parts of 3, 3, 3 and 1 numbers, but the lengths of two parts may differ by one at most

package parts

import "sync"

func Count(n, parts int, count func(from, to int) int) int { // here
	counts := make([]int, parts)
	size := (n + parts - 1) / parts
	var wg sync.WaitGroup
	for i := range parts {
		from, to := min(i*size, n), min((i+1)*size, n)
		wg.Go(func() { counts[i] = count(from, to) })
	}
	wg.Wait()
	total := 0
	for _, c := range counts {
		total += c
	}
	return total
}
