// Package order asks several people at once.
package order

import "context"

// All asks everybody, and returns the answers in the order
// of the names. ask takes its time.
func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	var answers []string
	for _, name := range names {
		answers = append(answers, ask(ctx, name))
	}
	return answers
}
