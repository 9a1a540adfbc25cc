package stage

import "context"

func Stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		receive := in       // nil while a result waits
		var send chan<- int // nil while there is none
		var result int
		for {
			select {
			case item, ok := <-receive:
				if !ok || ctx.Err() != nil {
					return
				}
				result = f(item)
				receive, send = nil, out
			case send <- result:
				receive, send = in, nil
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
