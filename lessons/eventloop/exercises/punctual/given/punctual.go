// Package punctual is a small event loop.
package punctual

import (
	"cmp"
	"slices"
	"time"
)

// A Timer is a callback, and when it is due, counted from the
// start of the loop.
type Timer struct {
	Due  time.Duration
	Call func()
}

// Run calls every callback exactly when it is due, and returns
// when all of them are done. A callback may take its time: no
// other is late because of it.
func Run(timers []Timer) {
	start := time.Now()
	slices.SortFunc(timers, func(x, y Timer) int {
		return cmp.Compare(x.Due, y.Due)
	})
	for _, next := range timers {
		time.Sleep(time.Until(start.Add(next.Due)))
		next.Call()
	}
}
