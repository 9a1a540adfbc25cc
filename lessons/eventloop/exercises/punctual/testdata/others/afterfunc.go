package punctual

import (
	"sync"
	"time"
)

type Timer struct {
	Due  time.Duration
	Call func()
}

func Run(timers []Timer) {
	var wg sync.WaitGroup
	wg.Add(len(timers))
	for _, t := range timers {
		time.AfterFunc(t.Due, func() { defer wg.Done(); t.Call() })
	}
	wg.Wait()
}
