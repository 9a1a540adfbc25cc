// Package checkthenact takes money from an account in two goroutines, if
// there is enough.
package checkthenact

import (
	"fmt"
	"sync"
)

var (
	balance int
	mu      sync.Mutex
)

// Broken checks in one locked section and takes in another.
func Broken() {
	balance = 100
	var wg sync.WaitGroup
	wg.Go(withdraw)
	wg.Go(withdraw)
	wg.Wait()
}

func withdraw() {
	mu.Lock()
	enough := balance >= 100
	mu.Unlock()
	if enough {
		mu.Lock()
		balance -= 100
		mu.Unlock()
	}
}

// Mended checks and takes in one locked section.
func Mended() {
	balance = 100
	var wg sync.WaitGroup
	wg.Go(withdrawLocked)
	wg.Go(withdrawLocked)
	wg.Wait()
}

func withdrawLocked() {
	mu.Lock()
	defer mu.Unlock()
	if balance >= 100 {
		balance -= 100
	}
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("balance = %d", balance) }
