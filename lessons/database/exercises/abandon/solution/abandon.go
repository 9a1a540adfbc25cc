// Package abandon asks a database no longer than somebody
// wants to know.
package abandon

import "context"

// Query returns what query does, a driver's call that
// blocks until it has the answer and knows no ctx. If ctx
// ends first, Query waits no longer and returns the error
// of ctx. The driver's call cannot be stopped, but no
// goroutine is left behind once it is over.
func Query(ctx context.Context,
	query func() (string, error)) (string, error) {
	type result struct {
		answer string
		err    error
	}
	done := make(chan result, 1)
	go func() {
		answer, err := query()
		done <- result{answer, err}
	}()
	select {
	case r := <-done:
		return r.answer, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
