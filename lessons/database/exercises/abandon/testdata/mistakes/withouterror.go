// Verdict: deadlock
// Says: nobody can go on: here Query waits in a select

package abandon

import "context"

func Query(ctx context.Context,
	query func() (string, error)) (string, error) {
	answers := make(chan string, 1)
	go func() {
		answer, err := query()
		if err != nil {
			return
		}
		answers <- answer
	}()
	select { // here
	case answer := <-answers:
		return answer, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
