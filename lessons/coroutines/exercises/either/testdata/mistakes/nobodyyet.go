// Verdict: order
// Says: nobody can go on: here Either waits to receive from a channel

package either

func Either(a, b func() string) string {
	results := make(chan string)
	run := func(f func() string) {
		result := f()
		select {
		case results <- result:
		default: // somebody was faster
		}
	}
	go run(a)
	go run(b)
	return <-results // here
}
