// Package stopfirst is a reader that can be stopped.
package stopfirst

import "context"

// Read hands each message of inbox to handle, one after the
// other, until inbox is closed. Then it returns nil.
//
// When ctx ends, it returns the error of ctx: at once if it
// waits, else when handle has returned. From then on it
// handles no message, and takes none out of inbox.
func Read(ctx context.Context, inbox <-chan string,
	handle func(message string)) error {
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
