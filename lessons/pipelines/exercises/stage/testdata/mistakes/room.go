// Verdict: wrong
// Says: Stage takes 3 items while nobody receives a result

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int { // here
	out := make(chan int, 2)
	go func() {
		defer close(out)
		for item := range in {
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
