// Verdict: wrong
// Says: Either returns after 0s, and A is still under way

package either

func Either(a, b func() string) string {
	results := make(chan string, 2)
	run := func(f func() string) {
		results <- f() // here
	}
	go run(a)
	go run(b)
	select {
	case result := <-results:
		return result
	default:
		return ""
	}
}
