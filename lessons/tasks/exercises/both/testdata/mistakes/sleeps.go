// Verdict: wrong
// Says: Both returns after 2s, and name is still under way

package both

import "time"

func Both(name func() string, age func() int) (string, int) {
	var n string
	var a int
	go func() { n = name() }() // here
	go func() { a = age() }()
	time.Sleep(2 * time.Second)
	return n, a
}
