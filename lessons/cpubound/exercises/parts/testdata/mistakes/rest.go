// Verdict: slow
// Says: Count takes 4s, and could take 3s

package parts

import "sync"

func Count(n, parts int, count func(from, to int) int) int { // here
	counts := make([]int, parts)
	size := n / parts
	var wg sync.WaitGroup
	for i := range parts {
		from, to := i*size, (i+1)*size
		if i == parts-1 {
			to = n
		}
		wg.Go(func() { counts[i] = count(from, to) })
	}
	wg.Wait()
	total := 0
	for _, c := range counts {
		total += c
	}
	return total
}
