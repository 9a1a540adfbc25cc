// Verdict: deadlock
// Says: nobody can go on: here a goroutine waits to receive from a channel

package connections

import "context"

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	places := make(chan struct{}, limit)
	return func(ctx context.Context, q string) (string, error) {
		defer func() { <-places }() // here
		select {
		case places <- struct{}{}:
			return query(ctx, q)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}
