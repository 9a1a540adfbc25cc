// Verdict: wrong
// Says: First returns "C's result" and no error, but B should win, which has no error and the result ""

package winner

import (
	"context"
	"errors"
	"sync"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) { // here
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	winner := ""
	var errs []error
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			result, err := task(ctx)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
			} else if winner == "" {
				winner = result
				cancel()
			}
		})
	}
	wg.Wait()
	if winner == "" {
		return "", errors.Join(errs...)
	}
	return winner, nil
}
