// Verdict: wrong
// Says: Read should return the error of ctx, and returns no error

package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error { // here
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
	return nil
}
