// Verdict: wrong
// Says: Check finds fault with a retry that is right: "it took 7m0s"

package proof

import (
	"errors"
	"fmt"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error { // here
	start := time.Now()
	retry(func() error { return errors.New("never") })
	if took := time.Since(start); took != 15*first {
		return fmt.Errorf("it took %v", took)
	}
	return nil
}
