// Verdict: wrong
// Says: Run returns after 3s, and a is still under way

package punctual

import (
	"cmp"
	"slices"
	"time"
)

// A Timer is a callback, and when it is due.
type Timer struct {
	Due  time.Duration
	Call func()
}

func Run(timers []Timer) { // here
	start := time.Now()
	slices.SortFunc(timers, func(x, y Timer) int {
		return cmp.Compare(x.Due, y.Due)
	})
	for _, next := range timers {
		time.Sleep(time.Until(start.Add(next.Due)))
		go next.Call()
	}
}
