// Verdict: race
// Says: here what another goroutine

package either

func Either(a, b func() string) string {
	var result string
	done := make(chan bool, 2)
	run := func(f func() string) {
		result = f() // here
		done <- true
	}
	go run(a)
	go run(b)
	<-done
	return result
}
