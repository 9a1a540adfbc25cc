package both

import "sync"

func Both(name func() string, age func() int) (n string, a int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	set := func(f func()) {
		for !mu.TryLock() {
		}
		f()
		mu.Unlock()
	}
	wg.Go(func() { s := name(); set(func() { n = s }) })
	wg.Go(func() { i := age(); set(func() { a = i }) })
	wg.Wait()
	return
}
