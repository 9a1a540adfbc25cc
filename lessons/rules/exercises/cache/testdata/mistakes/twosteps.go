// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: A is loaded a second time, while the first load is under way

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
		mu.Unlock()
		if ok {
			<-e.done
			return e.value, e.err
		}
		e = &entry{done: make(chan struct{})}
		mu.Lock()
		entries[key] = e
		mu.Unlock()
		e.value, e.err = load(key)
		if e.err != nil {
			mu.Lock()
			delete(entries, key)
			mu.Unlock()
		}
		close(e.done)
		return e.value, e.err
	}
}
