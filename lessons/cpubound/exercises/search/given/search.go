// Package search looks for a number by trying.
package search

// First returns the smallest number below limit that fits,
// and whether there is one. It tries 0, 1, 2 and so on, as
// many at a time as there are workers. Once a number fits,
// it begins no other. It returns when no try is under way.
//
// fits computes for a while and cannot be interrupted.
func First(limit, workers int, fits func(n int) bool) (int, bool) {
	for n := range limit {
		if fits(n) {
			return n, true
		}
	}
	return 0, false
}
