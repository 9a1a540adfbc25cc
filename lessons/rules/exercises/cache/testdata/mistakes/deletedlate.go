// Verdict: order
// Says: Whoever asks for A as soon as its load has failed gets "the server is down" once more: the failure was still kept

package cache

import "sync"

type entry struct {
	done  chan struct{}
	value string
	err   error
}

func Cached(load func(key string) (string, error), // here
) func(key string) (string, error) {
	var mu sync.Mutex
	entries := map[string]*entry{}
	return func(key string) (string, error) {
		mu.Lock()
		e, ok := entries[key]
		if ok {
			mu.Unlock()
			<-e.done
			return e.value, e.err
		}
		e = &entry{done: make(chan struct{})}
		entries[key] = e
		mu.Unlock()
		e.value, e.err = load(key)
		close(e.done)
		if e.err != nil {
			mu.Lock()
			defer mu.Unlock()
			delete(entries, key)
		}
		return e.value, e.err
	}
}
