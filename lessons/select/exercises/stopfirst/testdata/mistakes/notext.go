// Verdict: wrong
// Says: Read returns, and the message "" is not handled

package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error { // here
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		select {
		case message := <-inbox:
			if message == "" {
				return nil
			}
			handle(message)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
