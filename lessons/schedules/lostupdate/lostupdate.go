// Package lostupdate counts in two goroutines.
package lostupdate

import (
	"fmt"
	"sync"
)

var (
	counter int
	mu      sync.Mutex
)

// Broken adds one twice.
func Broken() {
	counter = 0
	var wg sync.WaitGroup
	wg.Go(add)
	wg.Go(add)
	wg.Wait()
}

func add() {
	counter++
}

// Mended holds a lock while it counts.
func Mended() {
	counter = 0
	var wg sync.WaitGroup
	wg.Go(addLocked)
	wg.Go(addLocked)
	wg.Wait()
}

func addLocked() {
	mu.Lock()
	defer mu.Unlock()
	counter++
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("counter = %d", counter) }
