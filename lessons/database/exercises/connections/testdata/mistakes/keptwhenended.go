// Verdict: deadlock
// Says: nobody can go on: here the function that Limit returned waits in a select

package connections

import "context"

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	places := make(chan struct{}, limit)
	return func(ctx context.Context, q string) (string, error) {
		select { // here
		case places <- struct{}{}:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		answer, err := query(ctx, q)
		if ctx.Err() != nil {
			return answer, err
		}
		<-places
		return answer, err
	}
}
