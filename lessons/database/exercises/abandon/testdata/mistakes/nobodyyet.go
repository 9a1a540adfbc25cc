// Verdict: order
// Says: nobody can go on: here Query waits in a select

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
		select {
		case done <- result{answer, err}:
		default: // nobody wants to know any more
		}
	}()
	select { // here
	case r := <-done:
		return r.answer, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
