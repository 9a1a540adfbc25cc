// Verdict: leak
// Says: goroutines are left over that wait to send on a channel for ever

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for item := range in {
			if ctx.Err() != nil {
				return
			}
			out <- f(item) // here
		}
	}()
	return out
}
