// Verdict: slow
// Says: Run takes 6s, and could take 3s

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
	slices.SortFunc(timers, func(x, y Timer) int {
		return cmp.Compare(x.Due, y.Due)
	})
	var wg sync.WaitGroup
	for _, next := range timers {
		time.Sleep(next.Due)
		wg.Go(next.Call)
	}
	wg.Wait()
}
