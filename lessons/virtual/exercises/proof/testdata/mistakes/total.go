// Verdict: wrong
// Says: Check finds nothing wrong with a retry that returns the error of the first call when it gives up

package proof

import (
	"errors"
	"fmt"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error { // here
	never := errors.New("never")
	start := time.Now()
	err := retry(func() error { return never })
	if took := time.Since(start); took != 7*first || err != never {
		return fmt.Errorf("it took %v, and returns %v", took, err)
	}
	return nil
}
