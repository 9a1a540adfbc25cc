// Package earlyreturn waits for an answer, unless it is told before that
// nobody needs it.
package earlyreturn

import (
	"fmt"
	"sync/atomic"
)

var (
	needed atomic.Bool
	answer int
)

// Broken returns early, and leaves whoever answers alone.
func Broken() {
	ask(make(chan int))
}

// Mended gives the answer a place, whether or not somebody comes for it.
func Mended() {
	ask(make(chan int, 1))
}

func ask(answers chan int) {
	answer = 0
	needed.Store(true)
	go func() {
		answers <- 42
	}()
	go func() {
		needed.Store(false)
	}()
	if needed.Load() {
		answer = <-answers
	}
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("needed = %v, answer = %d", needed.Load(), answer) }
