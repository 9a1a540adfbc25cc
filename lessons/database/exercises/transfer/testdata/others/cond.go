package transfer

import (
	"fmt"
	"sync"
)

type bank struct {
	mu   sync.Mutex
	cond sync.Cond
	busy map[int]bool
}

func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	b := &bank{busy: map[int]bool{}}
	b.cond.L = &b.mu
	return func(from, to, amount int) error {
		if from == to {
			return nil
		}
		b.mu.Lock()
		for b.busy[from] || b.busy[to] {
			b.cond.Wait()
		}
		b.busy[from], b.busy[to] = true, true
		b.mu.Unlock()
		defer func() {
			b.mu.Lock()
			delete(b.busy, from)
			delete(b.busy, to)
			b.mu.Unlock()
			b.cond.Broadcast()
		}()
		var got [2]int
		var wg sync.WaitGroup
		for i, a := range []int{from, to} {
			wg.Go(func() { got[i] = balance(a) })
		}
		wg.Wait()
		if got[0] < amount {
			return fmt.Errorf("%d < %d", got[0], amount)
		}
		wg.Go(func() { set(from, got[0]-amount) })
		wg.Go(func() { set(to, got[1]+amount) })
		wg.Wait()
		return nil
	}
}
