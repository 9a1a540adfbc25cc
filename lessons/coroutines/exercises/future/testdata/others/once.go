package future

import "sync"

type task struct {
	once sync.Once
	f    func() string
	res  string
}

func (t *task) get() string {
	t.once.Do(func() { t.res = t.f() })
	return t.res
}

func Start(f func() string) func() string {
	t := &task{f: f}
	began := make(chan bool)
	go func() { close(began); t.get() }()
	<-began
	return t.get
}
