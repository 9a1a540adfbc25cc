package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case message, ok := <-inbox:
			if !ok {
				return nil
			}
			handle(message)
		}
	}
}
