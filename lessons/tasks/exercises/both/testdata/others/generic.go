package both

import "sync"

func Both[N ~string, A ~int](name func() N, age func() A) (n N, a A) {
	var wg sync.WaitGroup
	wg.Go(func() { n = name() })
	wg.Go(func() { a = age() })
	wg.Wait()
	return
}
