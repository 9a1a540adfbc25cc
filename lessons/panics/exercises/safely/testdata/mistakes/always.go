// Verdict: wrong
// Says: f returns no error, and Safely the error

package safely

import "fmt"

func Safely(f func() error) (err error) { // here
	defer func() {
		err = fmt.Errorf("panic: %v", recover())
	}()
	return f()
}
