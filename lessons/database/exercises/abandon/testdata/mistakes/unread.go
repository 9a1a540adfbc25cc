// Verdict: leak
// Says: a goroutine is left over that waits to send on a channel for ever

package abandon

import "context"

type result struct {
	answer string
	err    error
}

func Query(ctx context.Context,
	query func() (string, error)) (string, error) {
	done := make(chan result)
	go func() {
		answer, err := query()
		done <- result{answer, err} // here
	}()
	select {
	case r := <-done:
		return r.answer, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
