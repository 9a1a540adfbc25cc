// Verdict: wrong
// Says: Both returns after 0s, and age is still under way

package both

func Both(name func() string, age func() int) (string, int) {
	var n string
	var a int
	go func() { n = name() }()
	go func() { a = age() }() // here
	return n, a
}
