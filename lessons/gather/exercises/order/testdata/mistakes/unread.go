// Verdict: leak
// Says: a goroutine is left over that waits to send on a channel

package order

import (
	"context"
	"sync"
)

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	done := make(chan bool)
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { answers[i] = ask(ctx, name) })
	}
	go func() {
		wg.Wait()
		done <- true // here
	}()
	wg.Wait()
	return answers
}
