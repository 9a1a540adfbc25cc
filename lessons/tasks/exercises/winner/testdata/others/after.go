package winner

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var win atomic.Pointer[string]
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	stop := context.AfterFunc(ctx, func() {})
	defer stop()
	for i, t := range tasks {
		wg.Go(func() {
			r, err := t(ctx)
			if errs[i] = err; err == nil && win.CompareAndSwap(nil, &r) {
				cancel(errors.New("won"))
			}
		})
	}
	wg.Wait()
	if p := win.Load(); p != nil {
		return *p, nil
	}
	return "", errors.Join(errs...)
}
