// Package future starts a function now, and gets its result
// later.
package future

// Start starts f and returns at once. The function that it
// returns waits until f is done, and returns f's result. It
// may be called any number of times, also at the same time.
func Start(f func() string) (await func() string) {
	return f
}
