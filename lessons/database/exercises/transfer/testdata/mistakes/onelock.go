// Verdict: slow
// Says: Moving from 0 to 1, and from 2 to 3 at the same time, takes 2s, and could take 1s: balance(

package transfer

import (
	"errors"
	"sync"
)

func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	var mu sync.Mutex
	return func(from, to, amount int) error {
		mu.Lock()
		defer mu.Unlock()
		if from == to {
			return nil
		}
		rest := balance(from) - amount // here
		if rest < 0 {
			return errors.New("not enough money")
		}
		set(from, rest)
		set(to, balance(to)+amount)
		return nil
	}
}
