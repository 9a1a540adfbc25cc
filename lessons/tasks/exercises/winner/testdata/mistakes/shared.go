// Verdict: race
// Says: here what another goroutine

package winner

import (
	"cmp"
	"context"
	"errors"
	"sync"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var winner *string
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			result, err := task(ctx)
			if err == nil {
				winner = cmp.Or(winner, &result) // here
				cancel()
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if winner != nil {
		return *winner, nil
	}
	return "", errors.Join(errs...)
}
