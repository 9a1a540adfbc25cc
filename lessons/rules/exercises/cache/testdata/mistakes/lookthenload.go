// Verdict: wrong
// Says: A is loaded a second time, while the first load is under way

package cache

import "sync"

func Cached(load func(key string) (string, error), // here
) func(key string) (string, error) {
	var mu sync.Mutex
	values := map[string]string{}
	return func(key string) (string, error) {
		mu.Lock()
		value, ok := values[key]
		mu.Unlock()
		if ok {
			return value, nil
		}
		value, err := load(key)
		if err != nil {
			return "", err
		}
		mu.Lock()
		defer mu.Unlock()
		values[key] = value
		return value, nil
	}
}
