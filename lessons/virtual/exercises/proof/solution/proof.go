// Package proof tests a retry that waits between its calls.
package proof

import (
	"fmt"
	"slices"
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
	for fails := range 6 {
		if err := check(first, retry, fails); err != nil {
			return fmt.Errorf("when %d calls fail: %w", fails, err)
		}
	}
	return nil
}

// check has so many calls fail, and the next one succeed.
func check(first time.Duration, retry func(call func() error) error, fails int) error {
	var times []time.Duration // of the calls
	var last error
	start := time.Now()
	got := retry(func() error {
		times = append(times, time.Since(start))
		last = nil
		if len(times) <= fails {
			last = fmt.Errorf("failure %d", len(times))
		}
		return last
	})
	took := time.Since(start)
	want := []time.Duration{0, first, 3 * first, 7 * first}
	want = want[:min(fails+1, len(want))]
	switch {
	case !slices.Equal(times, want):
		return fmt.Errorf("its calls are at %v, want %v", times, want)
	case took != want[len(want)-1]:
		return fmt.Errorf("it takes %v, want %v", took, want[len(want)-1])
	case got != last:
		return fmt.Errorf("it returns %v, want %v", got, last)
	}
	return nil
}
