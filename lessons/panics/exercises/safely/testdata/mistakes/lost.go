// Verdict: wrong
// Says: and Safely returns no error, want the error "panic: no route"

package safely

import "fmt"

func Safely(f func() error) error { // here
	var err error
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	err = f()
	return err
}
