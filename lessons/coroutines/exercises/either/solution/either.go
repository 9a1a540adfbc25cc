// Package either takes the answer that comes first.
package either

// Either starts a and b at the same time, and returns the
// result of the one that is done first. The other goes on to
// its end, and leaves nothing behind.
func Either(a, b func() string) string {
	results := make(chan string, 2)
	go func() { results <- a() }()
	go func() { results <- b() }()
	return <-results
}
