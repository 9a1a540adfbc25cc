// Verdict: wrong
// Says: Count(10, 4) has parts of 3, 3, 3 and 1 numbers, but the lengths of two parts may differ by one at most

package parts

import (
	"slices"
	"sync/atomic"
)

func Count(n, parts int, count func(from, to int) int) int { // here
	var sum atomic.Int64
	all := make([]struct{}, n)
	size := max((n+parts-1)/parts, 1)
	done := make(chan bool)
	k, at := 0, 0
	for c := range slices.Chunk(all, size) {
		from, to := at, at+len(c)
		at = to
		k++
		go func() { sum.Add(int64(count(from, to))); done <- true }()
	}
	for range k {
		<-done
	}
	return int(sum.Load())
}
