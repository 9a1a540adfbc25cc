// Verdict: slow
// Says: Query takes 3s, and could take 1s

package abandon

import "context"

func Query(ctx context.Context, // here
	query func() (string, error)) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	answer, err := query()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return answer, err
}
