package either

func Either(a, b func() string) string {
	done := make(chan struct{})
	defer close(done)
	c := make(chan string)
	for _, f := range []func() string{a, b} {
		go func() {
			select {
			case c <- f():
			case <-done:
			}
		}()
	}
	return <-c
}
