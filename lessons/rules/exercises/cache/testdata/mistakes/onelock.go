// Verdict: slow
// Says: Asking for A, and for B 300ms later, takes 2s, and could take 1.3s: the load of B began at 1s, when the load of A had ended

package cache

import "sync"

func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	var mu sync.Mutex
	values := map[string]string{}
	return func(key string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if value, ok := values[key]; ok {
			return value, nil
		}
		value, err := load(key) // here
		if err == nil {
			values[key] = value
		}
		return value, err
	}
}
