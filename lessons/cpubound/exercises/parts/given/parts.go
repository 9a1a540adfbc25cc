// Package parts counts primes on several CPUs.
package parts

// Count returns how many of the numbers below n are primes.
// It splits the numbers into parts of the same length, or
// nearly so, and counts all parts at the same time.
//
// count returns how many primes p there are with
// from <= p < to. It computes for a while.
func Count(n, parts int, count func(from, to int) int) int {
	return count(0, n)
}
