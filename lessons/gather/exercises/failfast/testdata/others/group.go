package failfast

import (
	"context"
	"sync"
)

type Group struct {
	wg     sync.WaitGroup
	sem    chan struct{}
	once   sync.Once
	err    error
	cancel func(error)
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel(g.err)
			})
		}
	}()
}

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	g, ctx := WithContext(ctx)
	answers := make([]string, len(names))
	for i, name := range names {
		g.Go(func() (err error) { answers[i], err = ask(ctx, name); return })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return answers, nil
}
