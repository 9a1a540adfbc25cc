// Verdict: wrong
// Says: All returns after 0s, and A is still under way

package order

import "context"

func All(ctx context.Context, names []string,
	ask func(ctx context.Context, name string) string) []string {
	answers := make([]string, len(names))
	for i, name := range names {
		go func() { answers[i] = ask(ctx, name) }() // here
	}
	return answers
}
