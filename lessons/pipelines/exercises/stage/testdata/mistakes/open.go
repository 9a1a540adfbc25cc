// Verdict: wrong
// Says: ctx has ended, and the channel is not closed

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int { // here
	out := make(chan int)
	go func() {
		for {
			var item int
			var ok bool
			select {
			case item, ok = <-in:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			if !ok {
				close(out)
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
