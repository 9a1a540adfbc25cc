// Verdict: vet
// Says: WaitGroup.Add called from inside new goroutine

package both

import "sync"

func Both(name func() string, age func() int) (string, int) {
	var n string
	var a int
	var wg sync.WaitGroup
	go func() {
		wg.Add(1) // here
		defer wg.Done()
		n = name()
	}()
	go func() {
		wg.Add(1)
		defer wg.Done()
		a = age()
	}()
	wg.Wait()
	return n, a
}
