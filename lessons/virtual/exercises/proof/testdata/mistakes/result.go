// Verdict: wrong
// Says: Check finds nothing wrong with a retry that waits as long each time

package proof

import (
	"errors"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error { // here
	never := errors.New("never")
	calls := 0
	err := retry(func() error {
		calls++
		return never
	})
	if calls != 4 || err != never {
		return errors.New("it does not call four times")
	}
	return nil
}
