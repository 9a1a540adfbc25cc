package accounts

import "sync"

func With(n int) func(accounts []int, f func()) {
	var mu sync.Mutex
	given := sync.NewCond(&mu)
	taken := make([]bool, n)
	set := func(accounts []int, to bool) {
		for _, account := range accounts {
			taken[account] = to
		}
	}
	free := func(accounts []int) bool {
		for _, account := range accounts {
			if taken[account] {
				return false
			}
		}
		return true
	}
	return func(accounts []int, f func()) {
		mu.Lock()
		for !free(accounts) {
			given.Wait()
		}
		set(accounts, true)
		mu.Unlock()
		f()
		mu.Lock()
		defer mu.Unlock()
		set(accounts, false)
		given.Broadcast()
	}
}
