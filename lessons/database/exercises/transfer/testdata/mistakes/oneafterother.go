// Verdict: wrong
// Says: A second transfer uses account 0 before the first one is over

package transfer

import (
	"errors"
	"sync"
)

func Transfers(n int, balance func(account int) int, // here
	set func(account, balance int),
) func(from, to, amount int) error {
	locks := make([]sync.Mutex, n)
	change := func(account, by int) error {
		locks[account].Lock()
		defer locks[account].Unlock()
		rest := balance(account) + by
		if rest < 0 {
			return errors.New("not enough money")
		}
		set(account, rest)
		return nil
	}
	return func(from, to, amount int) error {
		if err := change(from, -amount); err != nil {
			return err
		}
		return change(to, amount)
	}
}
