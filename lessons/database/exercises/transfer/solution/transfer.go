// Package transfer moves money between accounts.
package transfer

import (
	"errors"
	"sync"
)

// Transfers returns a function that moves an amount from
// one of n accounts, 0 to n-1, to another, or returns an
// error if there is not enough. balance and set ask the
// database, and take their time. Many goroutines may call
// it at once. A transfer has both accounts to itself until
// it is over, and does not wait for one that uses other
// accounts. From an account to itself, nothing changes.
func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	locks := make([]sync.Mutex, n)
	return func(from, to, amount int) error {
		if from == to {
			return nil
		}
		first, second := min(from, to), max(from, to)
		locks[first].Lock()
		defer locks[first].Unlock()
		locks[second].Lock()
		defer locks[second].Unlock()
		rest := balance(from) - amount
		if rest < 0 {
			return errors.New("not enough money")
		}
		set(from, rest)
		set(to, balance(to)+amount)
		return nil
	}
}
