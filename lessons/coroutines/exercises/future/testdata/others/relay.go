package future

func Start(f func() string) (await func() string) {
	c := make(chan string, 1)
	go func() { c <- f() }()
	return func() string {
		s := <-c
		c <- s
		return s
	}
}
