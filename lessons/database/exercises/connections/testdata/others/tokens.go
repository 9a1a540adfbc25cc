package connections

import (
	"context"
	"sync"
	"sync/atomic"
)

type limiter struct {
	mu    sync.Mutex
	free  int
	queue []chan struct{}
	asked atomic.Int64
}

func (l *limiter) acquire(ctx context.Context) error {
	l.mu.Lock()
	if l.free > 0 && len(l.queue) == 0 {
		l.free--
		l.mu.Unlock()
		return nil
	}
	me := make(chan struct{})
	l.queue = append(l.queue, me)
	l.mu.Unlock()
	select {
	case <-me:
		return nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		for i, c := range l.queue {
			if c == me {
				l.queue = append(l.queue[:i], l.queue[i+1:]...)
				return ctx.Err()
			}
		}
		l.give()
		return ctx.Err()
	}
}

func (l *limiter) give() {
	if len(l.queue) == 0 {
		l.free++
		return
	}
	close(l.queue[0])
	l.queue = l.queue[1:]
}

func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	l := &limiter{free: limit}
	return func(ctx context.Context, q string) (string, error) {
		if err := l.acquire(ctx); err != nil {
			return "", err
		}
		defer func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.give()
		}()
		l.asked.Add(1)
		return query(ctx, q)
	}
}
