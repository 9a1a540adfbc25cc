// Verdict: wrong
// Says: The slice of the caller was [2 0 3 0], and now it is [0 0 2 3]

package accounts

import (
	"slices"
	"sync"
)

func With(n int) func(accounts []int, f func()) { // here
	locks := make([]sync.Mutex, n)
	return func(accounts []int, f func()) {
		slices.Sort(accounts)
		for i, account := range accounts {
			if i > 0 && accounts[i-1] == account {
				continue
			}
			locks[account].Lock()
			defer locks[account].Unlock()
		}
		f()
	}
}
