// Verdict: slow
// Says: With takes 2s, and could take 1s

package accounts

import "sync"

func With(n int) func(accounts []int, f func()) {
	var lock sync.Mutex
	return func(accounts []int, f func()) {
		lock.Lock()
		defer lock.Unlock()
		f() // here
	}
}
