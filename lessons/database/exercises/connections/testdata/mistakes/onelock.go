// Verdict: slow
// Says: Asking six queries takes 6s, and could take 3s

package connections

import (
	"context"
	"sync"
)

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	var mu sync.Mutex
	return func(ctx context.Context, q string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		return query(ctx, q) // here
	}
}
