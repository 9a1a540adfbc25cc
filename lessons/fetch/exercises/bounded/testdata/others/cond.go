package bounded

import (
	"context"
	"sync"
)

type Fetch func(ctx context.Context, url string) (string, error)

type pool struct {
	sync.Mutex
	*sync.Cond
	busy int
	err  error
}

func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := new(pool)
	p.Cond = sync.NewCond(&p.Mutex)
	bodies := make([]string, len(urls))
	stop := context.AfterFunc(ctx, func() {
		p.Lock()
		defer p.Unlock()
		if p.err == nil {
			p.err = ctx.Err()
		}
		p.Broadcast()
	})
	defer stop()
	p.Lock()
	defer p.Unlock()
	for i, u := range urls {
		for p.busy >= limit && p.err == nil {
			p.Wait()
		}
		if p.err != nil || ctx.Err() != nil {
			break
		}
		p.busy++
		go func() {
			b, err := fetch(ctx, u)
			p.Lock()
			defer p.Unlock()
			bodies[i] = b
			if err != nil && p.err == nil {
				p.err = err
				cancel()
			}
			p.busy--
			p.Broadcast()
		}()
	}
	for p.busy > 0 {
		p.Wait()
	}
	if p.err == nil {
		p.err = ctx.Err()
	}
	if p.err != nil {
		return nil, p.err
	}
	return bodies, nil
}
