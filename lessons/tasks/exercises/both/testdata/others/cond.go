package both

import "sync"

type pair struct {
	mu   sync.Mutex
	cond *sync.Cond
	left int
	n    string
	a    int
}

func (p *pair) done(f func()) {
	p.mu.Lock()
	f()
	p.left--
	p.mu.Unlock()
	p.cond.Broadcast()
}

func Both(name func() string, age func() int) (string, int) {
	p := &pair{left: 2}
	p.cond = sync.NewCond(&p.mu)
	go func() { v := name(); p.done(func() { p.n = v }) }()
	go func() { v := age(); p.done(func() { p.a = v }) }()
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.left > 0 {
		p.cond.Wait()
	}
	return p.n, p.a
}
