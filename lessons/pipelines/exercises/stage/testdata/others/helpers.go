package stage

import (
	"context"
	"iter"
)

func received(ctx context.Context, in <-chan int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ctx.Err() == nil {
			select {
			case item, ok := <-in:
				if !ok || ctx.Err() != nil || !yield(item) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

func sent(ctx context.Context, out chan<- int, result int) bool {
	select {
	case out <- result:
		return true
	case <-ctx.Done():
		return false
	}
}

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for item := range received(ctx, in) {
			if !sent(ctx, out, f(item)) {
				return
			}
		}
	}()
	return out
}
