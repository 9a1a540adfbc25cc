// Package winner has several tasks race for one result.
package winner

import (
	"context"
	"errors"
)

// A Task returns a result or an error. It ends soon when ctx
// does.
type Task func(ctx context.Context) (string, error)

// First runs all tasks at the same time, and returns the first
// result. A task that fails is out of the race; if all fail,
// First returns all their errors, joined. Once there is a
// result, it cancels the other tasks, and it returns when they
// have ended. There is at least one task.
func First(ctx context.Context, tasks []Task) (string, error) {
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
	var winner *outcome
	var errs []error
	for range tasks {
		o := <-outcomes
		if o.err != nil {
			errs = append(errs, o.err)
		} else if winner == nil {
			winner = &o
			cancel()
		}
	}
	if winner == nil {
		return "", errors.Join(errs...)
	}
	return winner.result, nil
}
