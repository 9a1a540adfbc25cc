// Verdict: wrong
// Says: f is called while another call of it is under way

package stage

import (
	"context"
	"sync"
)

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int { // here
	out := make(chan int)
	go func() {
		defer close(out)
		var wg sync.WaitGroup
		defer wg.Wait()
		for item := range in {
			wg.Go(func() {
				result := f(item)
				select {
				case out <- result:
				case <-ctx.Done():
				}
			})
		}
	}()
	return out
}
