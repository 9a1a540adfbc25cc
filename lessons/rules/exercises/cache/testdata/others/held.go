package cache

import "sync"

type entry struct {
	sync.Mutex
	value string
	err   error
	done  bool
}

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var mu sync.RWMutex
	var big sync.Mutex
	entries := map[string]*entry{}
	stats := map[string]int{}
	return func(key string) (string, error) {
		big.Lock()
		e := entries[key]
		if e == nil {
			e = &entry{}
			entries[key] = e
		}
		big.Unlock()
		e.Lock()
		defer e.Unlock()
		if e.done {
			return e.value, e.err
		}
		mu.Lock()
		stats[key] = 1
		mu.Unlock()
		e.value, e.err = load(key)
		mu.Lock()
		stats[key] = 2
		mu.Unlock()
		e.done = true
		if e.err != nil {
			big.Lock()
			delete(entries, key)
			big.Unlock()
		}
		return e.value, e.err
	}
}
