package either

import "sync"

func Either(a, b func() string) (r string) {
	var once sync.Once
	var wg sync.WaitGroup
	wg.Add(1)
	race := func(f func() string) {
		s := f()
		once.Do(func() { r = s; wg.Done() })
	}
	go race(a)
	go race(b)
	wg.Wait()
	return r
}
