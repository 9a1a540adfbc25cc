package transfer

import (
	"errors"
	"runtime"
	"sync"
	"time"
)

func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	locks := make([]sync.Mutex, n)
	return func(from, to, amount int) error {
		if from == to {
			return nil
		}
		for {
			locks[from].Lock()
			if locks[to].TryLock() {
				break
			}
			locks[from].Unlock()
			runtime.Gosched()
			time.Sleep(time.Millisecond)
		}
		defer locks[from].Unlock()
		defer locks[to].Unlock()
		rest := balance(from) - amount
		if rest < 0 {
			return errors.New("not enough money")
		}
		set(from, rest)
		set(to, balance(to)+amount)
		return nil
	}
}
