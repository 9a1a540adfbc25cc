// Verdict: deadlock
// Says: nobody can go on

package accounts

import "sync"

func With(n int) func(accounts []int, f func()) {
	locks := make([]sync.Mutex, n)
	return func(accounts []int, f func()) {
		locked := map[int]bool{}
		for _, account := range accounts {
			if locked[account] {
				continue
			}
			locked[account] = true
			locks[account].Lock() // here
			defer locks[account].Unlock()
		}
		f()
	}
}
