// Package lockorder moves money between two accounts in both directions at
// once. Each account has a lock.
package lockorder

import (
	"fmt"
	"sync"
)

type account struct {
	mu    sync.Mutex
	money int
}

var a, b = new(account), new(account)

// Broken locks the account that gives first.
func Broken() {
	a, b = &account{money: 10}, &account{money: 10}
	var wg sync.WaitGroup
	wg.Go(func() { transfer(a, b) })
	wg.Go(func() { transfer(b, a) })
	wg.Wait()
}

func transfer(from, to *account) {
	from.mu.Lock()
	to.mu.Lock()
	from.money--
	to.money++
	to.mu.Unlock()
	from.mu.Unlock()
}

// Mended locks account a first, whoever gives.
func Mended() {
	a, b = &account{money: 10}, &account{money: 10}
	var wg sync.WaitGroup
	wg.Go(func() { transferInOrder(a, b) })
	wg.Go(func() { transferInOrder(b, a) })
	wg.Wait()
}

func transferInOrder(from, to *account) {
	a.mu.Lock()
	b.mu.Lock()
	from.money--
	to.money++
	b.mu.Unlock()
	a.mu.Unlock()
}

// State is what the goroutines share.
func State() string { return fmt.Sprintf("a has %d, b has %d", a.money, b.money) }
