// Verdict: panic
// Says: panic: send on closed channel

package either

func Either(a, b func() string) string {
	results := make(chan string)
	defer close(results)
	run := func(f func() string) {
		results <- f() // here
	}
	go run(a)
	go run(b)
	return <-results
}
