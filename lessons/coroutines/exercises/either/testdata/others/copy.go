package either

import "sync"

func Either(a, b func() string) string {
	var once sync.Once
	var r string
	done := make(chan struct{})
	race := func(f func() string) {
		s := f()
		once.Do(func() { r = s; close(done) })
	}
	go race(a)
	go race(b)
	<-done
	return r
}
