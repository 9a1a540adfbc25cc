package failfast

import (
	"context"
	"sync/atomic"
	"time"
)

type result struct {
	at  int
	s   string
	err error
}

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) (string, error),
) ([]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var left atomic.Int64
	left.Store(int64(len(names)))
	results := make(chan result)
	for i, name := range names {
		time.AfterFunc(0, func() {
			s, err := ask(ctx, name)
			results <- result{i, s, err}
			if left.Add(-1) == 0 {
				close(results)
			}
		})
	}
	if len(names) == 0 {
		return nil, nil
	}
	answers := make([]string, len(names))
	var first error
	for r := range results {
		if first == nil && r.err != nil {
			first = r.err
			cancel()
		}
		answers[r.at] = r.s
	}
	if first != nil {
		return nil, first
	}
	return answers, nil
}
