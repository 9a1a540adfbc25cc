package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error {
	for ctx.Err() == nil {
		select {
		case message, ok := <-inbox:
			if !ok {
				return nil
			}
			handle(message)
		case <-ctx.Done():
		}
	}
	return context.Cause(ctx)
}
