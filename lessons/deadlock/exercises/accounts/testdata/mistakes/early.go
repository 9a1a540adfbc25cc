// Verdict: wrong
// Says: Two calls have account 1 at the same time

package accounts

import (
	"slices"
	"sync"
)

func With(n int) func(accounts []int, f func()) { // here
	locks := make([]sync.Mutex, n)
	return func(accounts []int, f func()) {
		for _, account := range slices.Compact(slices.Sorted(slices.Values(accounts))) {
			locks[account].Lock()
			locks[account].Unlock()
		}
		f()
	}
}
