// Verdict: wrong
// Says: First returns the error "no route to host", but C should win

package winner

import (
	"context"
	"sync"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) { // here
	type outcome struct {
		result string
		err    error
	}
	ctx, cancel := context.WithCancel(ctx)
	outcomes := make(chan outcome, len(tasks))
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			result, err := task(ctx)
			outcomes <- outcome{result, err}
		})
	}
	first := <-outcomes
	cancel()
	wg.Wait()
	return first.result, first.err
}
