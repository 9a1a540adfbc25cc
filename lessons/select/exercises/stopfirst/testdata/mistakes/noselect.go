// Verdict: deadlock
// Says: nobody can go on: here Read waits to receive from a channel

package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error {
	for ctx.Err() == nil {
		message, ok := <-inbox // here
		if !ok {
			return nil
		}
		handle(message)
	}
	return ctx.Err()
}
