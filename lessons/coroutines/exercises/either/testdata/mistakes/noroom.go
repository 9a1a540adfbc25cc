// Verdict: leak
// Says: a goroutine is left over that waits to send on a channel

package either

func Either(a, b func() string) string {
	results := make(chan string)
	run := func(f func() string) {
		results <- f() // here
	}
	go run(a)
	go run(b)
	return <-results
}
