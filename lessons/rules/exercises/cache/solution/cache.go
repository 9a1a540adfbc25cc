// Package cache keeps what was loaded once.
package cache

import "sync"

// Cached returns a function that returns what load does,
// and keeps it, so that load is called once for a key. It
// may be called by many goroutines at once: those that
// ask while a key is being loaded wait for the same load,
// and nobody waits for the load of another key. An error
// goes to all who wait for it, and is not kept.
func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var mu sync.Mutex // of the map, not of the loads
	loads := map[string]func() (string, error){}
	return func(key string) (string, error) {
		mu.Lock()
		get, ok := loads[key]
		if !ok {
			get = sync.OnceValues(func() (string, error) {
				value, err := load(key)
				if err != nil {
					mu.Lock()
					defer mu.Unlock()
					delete(loads, key)
				}
				return value, err
			})
			loads[key] = get
		}
		mu.Unlock()
		return get()
	}
}
