// Verdict: wrong
// Says: Check finds nothing wrong with a retry that waits after its last call, too

package proof

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error { // here
	var times []time.Duration
	start := time.Now()
	retry(func() error {
		times = append(times, time.Since(start))
		return errors.New("never")
	})
	if !slices.Equal(times, []time.Duration{0, first, 3 * first, 7 * first}) {
		return fmt.Errorf("its calls are at %v", times)
	}
	return nil
}
