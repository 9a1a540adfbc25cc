// Verdict: slow
// Says: Read takes 1.24s, and could take 1.234567s

package stopfirst

import (
	"context"
	"time"
)

func Read(ctx context.Context, inbox <-chan string, handle func(message string)) error { // here
	for ctx.Err() == nil {
		select {
		case message, ok := <-inbox:
			if !ok {
				return nil
			}
			handle(message)
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
	return ctx.Err()
}
