// Verdict: slow
// Says: First takes 3s, and could take 1.1s

package winner

import (
	"context"
	"errors"
	"sync"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) { // here
	results := make(chan string, len(tasks))
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			result, err := task(ctx)
			if err == nil {
				results <- result
			}
			errs[i] = err
		})
	}
	wg.Wait()
	select {
	case result := <-results:
		return result, nil
	default:
		return "", errors.Join(errs...)
	}
}
