// Verdict: slow
// Says: Both takes 3.5s, and could take 2.5s: age began at 2.5s, when name had ended

package both

func Both(name func() string, age func() int) (string, int) {
	names := make(chan string)
	go func() { names <- name() }()
	n := <-names

	ages := make(chan int)
	go func() { ages <- age() }() // here
	a := <-ages
	return n, a
}
