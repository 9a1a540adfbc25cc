// Verdict: wrong
// Says: f is called after ctx has ended

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int { // here
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case item, ok := <-in:
				if !ok {
					return
				}
				result := f(item)
				select {
				case out <- result:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
