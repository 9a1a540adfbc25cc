package cache

import (
	"context"
	"sync"
)

type entry struct {
	ctx context.Context
	v   string
	err error
}

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var m sync.Map
	return func(key string) (string, error) {
		ctx, done := context.WithCancel(context.Background())
		defer done()
		e := &entry{ctx: ctx}
		if old, loaded := m.LoadOrStore(key, e); loaded {
			e = old.(*entry)
			<-e.ctx.Done()
			return e.v, e.err
		}
		if e.v, e.err = load(key); e.err != nil {
			m.CompareAndDelete(key, e)
		}
		return e.v, e.err
	}
}
