// Verdict: deadlock
// Says: nobody can go on: here First waits to receive from a channel

package winner

import (
	"context"
	"sync"
)

type Task func(ctx context.Context) (string, error)

func First(ctx context.Context, tasks []Task) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	results := make(chan string, len(tasks))
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			result, err := task(ctx)
			if err == nil {
				results <- result
			}
		})
	}
	result := <-results // here
	cancel()
	wg.Wait()
	return result, nil
}
