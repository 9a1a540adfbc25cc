// Verdict: race
// Says: a goroutine reads here what another goroutine writes at the same time at line 28

package cache

import "sync"

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var mu sync.Mutex
	loads := map[string]func() (string, error){}
	return func(key string) (string, error) {
		if get, ok := loads[key]; ok { // here
			return get()
		}
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
