// Verdict: race
// Says: a goroutine writes here what another goroutine writes at the same time at line 19

package abandon

import "context"

func Query(ctx context.Context,
	query func() (string, error)) (answer string, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		answer, err = query() // here
	}()
	select {
	case <-done:
		return answer, err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
