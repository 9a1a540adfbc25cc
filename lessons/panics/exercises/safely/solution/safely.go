// Package safely makes errors of panics.
package safely

import "fmt"

// Safely calls f and returns its error. If f panics, Safely
// returns an error that says so: its text begins with
// "panic: " and goes on with the value of the panic. Where
// that value is an error itself, errors.Is and errors.As
// find it in the one returned.
func Safely(f func() error) (err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("panic: %w", v)
		default:
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return f()
}
