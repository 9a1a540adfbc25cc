// Verdict: panic
// Says: panic: sync: unlock of unlocked mutex

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
		if from == to {
			return nil
		}
		first, second := &locks[min(from, to)], &locks[max(from, to)]
		first.Lock()
		second.Lock()
		defer first.Unlock()
		defer second.Unlock()
		rest := balance(from) - amount
		if rest < 0 {
			second.Unlock()
			first.Unlock()
			return errors.New("not enough money") // here
		}
		set(from, rest)
		set(to, balance(to)+amount)
		return nil
	}
}
