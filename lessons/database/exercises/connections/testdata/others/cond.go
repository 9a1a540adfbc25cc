package connections

import (
	"context"
	"sync"
)

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	var mu sync.RWMutex
	c := sync.NewCond(mu.RLocker())
	c.L = &mu
	return func(ctx context.Context, q string) (string, error) {
		defer context.AfterFunc(ctx, func() { mu.Lock(); mu.Unlock(); c.Broadcast() })()
		mu.Lock()
		for limit == 0 && ctx.Err() == nil {
			c.Wait()
		}
		if err := ctx.Err(); err != nil {
			mu.Unlock()
			return "", err
		}
		limit--
		mu.Unlock()
		defer func() { mu.Lock(); limit++; mu.Unlock(); c.Broadcast() }()
		return query(ctx, q)
	}
}
