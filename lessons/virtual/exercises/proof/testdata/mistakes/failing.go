// Verdict: wrong
// Says: Check finds nothing wrong with a retry that goes on after a call that was fine

package proof

import (
	"fmt"
	"slices"
	"time"
)

func Check(first time.Duration, retry func(call func() error) error) error { // here
	var times []time.Duration
	var last error
	start := time.Now()
	got := retry(func() error {
		times = append(times, time.Since(start))
		last = fmt.Errorf("failure %d", len(times))
		return last
	})
	took := time.Since(start)
	if !slices.Equal(times, []time.Duration{0, first, 3 * first, 7 * first}) || took != 7*first || got != last {
		return fmt.Errorf("its calls are at %v, it takes %v and returns %v", times, took, got)
	}
	return nil
}
