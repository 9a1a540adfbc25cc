package transfer

import "errors"

func Transfers(n int, balance func(account int) int,
	set func(account, balance int),
) func(from, to, amount int) error {
	locks := make([]chan struct{}, n)
	for i := range locks {
		locks[i] = make(chan struct{}, 1)
	}
	with := func(i int, f func() error) error {
		locks[i] <- struct{}{}
		defer func() { <-locks[i] }()
		return f()
	}
	return func(from, to, amount int) error {
		if from == to {
			return nil
		}
		a, b := from, to
		if a < b {
			a, b = b, a
		}
		return with(a, func() error {
			return with(b, func() error {
				x, y := balance(from), balance(to)
				if x < amount {
					return errors.New("poor")
				}
				set(to, y+amount)
				set(from, x-amount)
				return nil
			})
		})
	}
}
