// Verdict: slow
// Says: Passing 10 items through three stages takes 3s, and could take 1.2s

package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		var results []int
		for item := range in {
			results = append(results, f(item)) // here
		}
		for _, result := range results {
			select {
			case out <- result:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
