// Verdict: panic
// Says: panic: close of closed channel

package future

func Start(f func() string) (await func() string) {
	var result string
	done := make(chan bool, 1)
	go func() {
		result = f()
		done <- true
	}()
	return func() string {
		<-done
		close(done) // here
		return result
	}
}
