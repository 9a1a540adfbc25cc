// Verdict: deadlock
// Says: nobody can go on: here 4 goroutines wait to send on a channel

package connections

import "context"

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	places := make(chan bool, limit)
	return func(ctx context.Context, q string) (string, error) {
		places <- true // here
		answer, err := query(ctx, q)
		if err != nil {
			return "", err
		}
		<-places
		return answer, nil
	}
}
