package paced

import (
	"sync"
	"time"
)

func Do(jobs, limit, rate int, per time.Duration, call func(n int)) {
	room, tokens := make(chan struct{}, limit), make(chan struct{}, rate)
	var wg sync.WaitGroup
	for n := range jobs {
		room <- struct{}{}
		tokens <- struct{}{}
		time.AfterFunc(per, func() { <-tokens })
		wg.Go(func() {
			defer func() { <-room }()
			call(n)
		})
	}
	wg.Wait()
}
