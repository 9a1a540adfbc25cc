// Verdict: wrong
// Says: f panics with io.ErrUnexpectedEOF, and errors.Is does not find it in the error "panic: unexpected EOF"

package safely

import "fmt"

func Safely(f func() error) (err error) { // here
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return f()
}
