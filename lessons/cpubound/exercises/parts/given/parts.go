// Package parts counts primes on several CPUs.
package parts

// Count returns how many of the numbers below n are prime.
// It splits the numbers into parts of equal length, give or
// take one, and counts all parts at the same time.
//
// count returns how many of the numbers from <= p < to are
// prime. It computes for a while.
func Count(n, parts int, count func(from, to int) int) int {
	return count(0, n)
}
