// Package both has two tasks done at the same time.
package both

import "sync"

// Both calls name and age at the same time, and returns what
// they return as soon as both are done.
func Both(name func() string, age func() int) (string, int) {
	var n string
	var a int
	var wg sync.WaitGroup
	wg.Go(func() { n = name() })
	wg.Go(func() { a = age() })
	wg.Wait()
	return n, a
}
