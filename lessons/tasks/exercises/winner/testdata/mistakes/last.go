// Verdict: wrong
// Says: First returns "A's result", but B should win

package winner

import (
	"context"
	"errors"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) { // here
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type outcome struct {
		result string
		err    error
	}
	outcomes := make(chan outcome)
	for _, task := range tasks {
		go func() {
			result, err := task(ctx)
			outcomes <- outcome{result, err}
		}()
	}
	var winner *string
	var errs []error
	for range tasks {
		o := <-outcomes
		if o.err != nil {
			errs = append(errs, o.err)
			continue
		}
		winner = &o.result
		cancel()
	}
	if winner == nil {
		return "", errors.Join(errs...)
	}
	return *winner, nil
}
