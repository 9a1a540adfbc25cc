// Verdict: wrong
// Says: B waits 900ms for a place, but its ctx ended after 300ms

package connections

import "context"

func Limit(limit int, // here
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	places := make(chan struct{}, limit)
	return func(ctx context.Context, q string) (string, error) {
		places <- struct{}{}
		defer func() { <-places }()
		if err := ctx.Err(); err != nil {
			return "", err
		}
		return query(ctx, q)
	}
}
