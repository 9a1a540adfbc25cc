// Package stage is one stage of a pipeline.
package stage

import "context"

// Stage calls f for each item of in, one after the other, and
// sends each result on the channel that it returns, at once.
// It takes an item only when the result before is received.
//
// It closes the channel when in is closed, and as soon as it
// can when ctx has ended. It then calls f no more, and leaves
// nothing behind, whoever sends and receives or does not.
func Stage(ctx context.Context, in <-chan int,
	f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for item := range in {
			out <- f(item)
		}
	}()
	return out
}
