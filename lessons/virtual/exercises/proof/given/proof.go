// Package proof tests a retry that waits between its calls.
package proof

import (
	"errors"
	"fmt"
	"time"
)

// Check tests retry. It returns nil if retry does as it
// should, else an error that says what is wrong with it.
//
// retry calls call until that returns nil, four times at
// most. Between the first call and the second it waits for
// first, and then each time twice as long. It returns nil, or
// the error of the last call, as soon as there is one.
//
// Check is called in a bubble: what is slept takes no time,
// and is exact.
func Check(first time.Duration, retry func(call func() error) error) error {
	calls := 0
	err := retry(func() error {
		calls++
		if calls < 3 {
			return errors.New("not yet")
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("the third call was fine, and it returns %w", err)
	}
	return nil
}
