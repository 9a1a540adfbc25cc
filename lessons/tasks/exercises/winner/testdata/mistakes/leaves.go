// Verdict: wrong
// Says: First returns after 1s, and the cleanup of A is still under way

package winner

import (
	"context"
	"errors"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan string, len(tasks))
	failures := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() {
			result, err := task(ctx) // here
			if err != nil {
				failures <- err
				return
			}
			results <- result
		}()
	}
	var errs []error
	for range tasks {
		select {
		case result := <-results:
			return result, nil
		case err := <-failures:
			errs = append(errs, err)
		}
	}
	return "", errors.Join(errs...)
}
