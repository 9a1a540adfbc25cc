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

// Broken returns early, and nobody receives the answer.
func Broken() {
	ask(make(chan int))
}

// Mended has room for the answer, whether or not anybody wants it.
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
