// Package accounts locks some of many accounts.
package accounts

import (
	"slices"
	"sync"
)

// With returns a function that calls f while no other call of
// it has one of these accounts. There are n, numbered from 0.
// They may be named in any order, and one of them twice. Calls
// that have no account in common do not wait for each other.
// The slice belongs to the caller: it stays as it is.
func With(n int) func(accounts []int, f func()) {
	locks := make([]sync.Mutex, n)
	return func(accounts []int, f func()) {
		ordered := slices.Sorted(slices.Values(accounts))
		for _, account := range slices.Compact(ordered) {
			locks[account].Lock()
			defer locks[account].Unlock()
		}
		f()
	}
}
