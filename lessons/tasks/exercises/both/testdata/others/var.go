package both

var Both = func(name func() string, age func() int) (string, int) {
	c := make(chan string, 1)
	go func() { c <- name() }()
	a := age()
	return <-c, a
}
