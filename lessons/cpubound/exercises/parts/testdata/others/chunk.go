package parts

import (
	"slices"
	"sync/atomic"
)

func Count(n, parts int, count func(from, to int) int) int {
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
