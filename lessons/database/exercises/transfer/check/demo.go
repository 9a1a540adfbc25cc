package check

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"

	transfer "gosyncio/lessons/database/exercises/transfer/given"
)

// Demo transfers between four accounts, with two that have nothing in
// common, and one that waits for both.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	var mu sync.Mutex // of the accounts, never held while anybody waits
	accounts := []int{10, 10, 10, 10}
	transfer := transfer.Transfers(len(accounts),
		func(account int) int {
			time.Sleep(unit)
			mu.Lock()
			defer mu.Unlock()
			return accounts[account]
		},
		func(account, balance int) {
			time.Sleep(unit)
			mu.Lock()
			defer mu.Unlock()
			accounts[account] = balance
		})
	var transfers sync.WaitGroup
	for _, t := range [][2]int{{0, 1}, {2, 3}, {1, 2}} {
		transfers.Go(func() {
			name := fmt.Sprintf("%d to %d", t[0], t[1])
			defer trace.StartRegion(ctx, name).End()
			if err := transfer(t[0], t[1], 5); err != nil {
				fmt.Println(name, "failed:", err)
				return
			}
			fmt.Println(name, "done")
		})
		time.Sleep(unit / 10) // in this order
	}
	transfers.Wait()
	fmt.Println("in the end", accounts)
	return ctx.Err()
}
