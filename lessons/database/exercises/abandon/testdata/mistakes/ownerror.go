// Verdict: wrong
// Says: Query returns "" and the error "the query took too long", but ctx ended first, with the error "context deadline exceeded"

package abandon

import (
	"context"
	"errors"
)

type result struct {
	answer string
	err    error
}

func Query(ctx context.Context, // here
	query func() (string, error)) (string, error) {
	done := make(chan result, 1)
	go func() {
		answer, err := query()
		done <- result{answer, err}
	}()
	select {
	case r := <-done:
		return r.answer, r.err
	case <-ctx.Done():
		return "", errors.New("the query took too long")
	}
}
