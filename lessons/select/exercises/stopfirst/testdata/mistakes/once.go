// Verdict: wrong
// Says: Read handles a message though ctx has ended

package stopfirst

import "context"

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error { // here
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		select {
		case message, ok := <-inbox:
			if !ok {
				return nil
			}
			handle(message)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
