// Verdict: slow
// Says: Run takes 7s, and could take 5s: b began at 4s, when a had ended

package punctual

import (
	"cmp"
	"slices"
	"sync"
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
		var wg sync.WaitGroup
		wg.Go(next.Call)
		wg.Wait()
	}
}
