// Package addtoolate waits for two goroutines that say themselves that they
// are to be waited for.
package addtoolate

import (
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	done atomic.Int64
	seen int64
)

// Broken adds to the WaitGroup in the goroutines.
func Broken() {
	done.Store(0)
	seen = 0
	var wg sync.WaitGroup
	for range 2 {
		go work(&wg)
	}
	wg.Wait()
	seen = done.Load()
}

func work(wg *sync.WaitGroup) {
	wg.Add(1)
	done.Add(1)
	wg.Done()
}

// Mended adds before it starts them.
func Mended() {
	done.Store(0)
	seen = 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			done.Add(1)
			wg.Done()
		}()
	}
	wg.Wait()
	seen = done.Load()
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("done = %d, seen after Wait = %d", done.Load(), seen) }
