// Verdict: deadlock
// Says: nobody can go on: here a goroutine waits for a lock

package transfer

import (
	"errors"
	"sync"
)

func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	locks := make([]sync.Mutex, n)
	return func(from, to, amount int) error {
		first, second := from, to
		if to < from {
			first, second = to, from
		}
		locks[first].Lock()
		defer locks[first].Unlock()
		locks[second].Lock() // here
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
