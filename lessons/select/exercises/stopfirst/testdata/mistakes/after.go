// Verdict: wrong
// Says: Read takes a message out of inbox that it does not handle: it is lost

package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error { // here
	for {
		select {
		case message, ok := <-inbox:
			if !ok {
				return nil
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			handle(message)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
