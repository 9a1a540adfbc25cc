// Verdict: wrong
// Says: Safely panics as f does: no route

package safely

import "fmt"

func Safely(f func() error) (err error) { // here
	defer func() {
		func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("panic: %v", v)
			}
		}()
	}()
	return f()
}
