// Package closetwice closes a channel when the first of two goroutines has
// finished.
package closetwice

import (
	"fmt"
	"sync"
)

var (
	closed bool
	once   *sync.Once
)

// Broken checks whether the channel is closed, then closes it.
func Broken() {
	closed = false
	c := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { finish(c) })
	wg.Go(func() { finish(c) })
	wg.Wait()
}

func finish(c chan struct{}) {
	if !closed {
		close(c)
		closed = true
	}
}

// Mended has a Once close it.
func Mended() {
	closed, once = false, new(sync.Once)
	c := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { finishOnce(c) })
	wg.Go(func() { finishOnce(c) })
	wg.Wait()
}

func finishOnce(c chan struct{}) {
	once.Do(func() {
		close(c)
		closed = true
	})
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("closed = %v", closed) }
