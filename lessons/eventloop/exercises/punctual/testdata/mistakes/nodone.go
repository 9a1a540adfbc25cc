// Verdict: deadlock
// Says: nobody can go on: here Run waits for a WaitGroup

package punctual

import (
	"sync"
	"time"
)

// A Timer is a callback, and when it is due.
type Timer struct {
	Due  time.Duration
	Call func()
}

func Run(timers []Timer) {
	var wg sync.WaitGroup
	for _, next := range timers {
		wg.Add(1)
		go func() {
			time.Sleep(next.Due)
			next.Call()
		}()
	}
	wg.Wait() // here
}
