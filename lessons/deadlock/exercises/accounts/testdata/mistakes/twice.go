// Verdict: deadlock
// Says: nobody can go on

package accounts

import (
	"slices"
	"sync"
)

func With(n int) func(accounts []int, f func()) {
	locks := make([]sync.Mutex, n)
	return func(accounts []int, f func()) {
		for _, account := range slices.Sorted(slices.Values(accounts)) {
			locks[account].Lock() // here
			defer locks[account].Unlock()
		}
		f()
	}
}
