// Verdict: panic
// Says: panic: close of closed channel

package cache

import "sync"

type entry struct {
	done  chan struct{}
	value string
	err   error
}

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var mu sync.Mutex
	entries := map[string]*entry{}
	return func(key string) (string, error) {
		mu.Lock()
		e, ok := entries[key]
		if !ok {
			e = &entry{done: make(chan struct{})}
			entries[key] = e
		}
		mu.Unlock()
		if ok {
			<-e.done
		} else {
			e.value, e.err = load(key)
		}
		close(e.done) // here
		return e.value, e.err
	}
}
