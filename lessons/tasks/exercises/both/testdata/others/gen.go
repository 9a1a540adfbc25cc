package both

import "sync/atomic"

func future[T any](f func() T) func() T {
	var p atomic.Pointer[T]
	c := make(chan chan struct{}, 1)
	d := make(chan struct{})
	c <- d
	go func() { v := f(); p.Store(&v); close(<-c) }()
	return func() T { <-d; return *p.Load() }
}

func Both(name func() string, age func() int) (n string, a int) {
	n_, a_ := future(name), future(age)
	return n_(), a_()
}
