package sync

import "sync"

// A WaitGroup is a sync.WaitGroup. Unlike that it can be waited for in virtual
// time wherever it stands, as in a package variable.
type WaitGroup struct {
	mu      sync.Mutex // held for a few instructions, never while anybody waits
	counter int
	waiting []chan struct{} // each is closed when the counter is 0
}

// Add is sync.WaitGroup.Add.
func (wg *WaitGroup) Add(delta int) {
	wg.mu.Lock()
	defer wg.mu.Unlock()
	wg.counter += delta
	switch {
	case wg.counter < 0:
		panic("sync: negative WaitGroup counter")
	case wg.counter == 0:
		for _, turn := range wg.waiting {
			close(turn)
		}
		wg.waiting = nil
	}
}

// Done is sync.WaitGroup.Done.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait is sync.WaitGroup.Wait.
func (wg *WaitGroup) Wait() {
	wg.mu.Lock()
	if wg.counter == 0 {
		wg.mu.Unlock()
		return
	}
	turn := make(chan struct{})
	wg.waiting = append(wg.waiting, turn)
	wg.mu.Unlock()
	<-turn
}

// Go is sync.WaitGroup.Go.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				panic(v) // which ends the process; nobody is to go on meanwhile
			}
			wg.Done()
		}()
		f()
	}()
}
