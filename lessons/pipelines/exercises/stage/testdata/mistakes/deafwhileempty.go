// Verdict: leak
// Says: a goroutine is left over that waits to receive from a channel for ever

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for item := range in { // here
			if ctx.Err() != nil {
				return
			}
			result := f(item)
			select {
			case out <- result:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
