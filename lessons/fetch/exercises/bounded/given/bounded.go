// Package bounded fetches pages, a few at a time.
package bounded

import "context"

// A Fetch fetches a page and returns its body.
type Fetch func(ctx context.Context, url string) (string, error)

// All fetches all pages in the order of urls, at most limit at
// a time, and returns their bodies in that order. At the first
// error, or when ctx ends, it cancels the fetches that are under
// way and begins no others, waits until they have ended, and
// returns that error alone. It may be called several times
// at once, with a limit each.
func All(ctx context.Context, urls []string, limit int,
	fetch Fetch) ([]string, error) {
	var bodies []string
	for _, url := range urls {
		body, err := fetch(ctx, url)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, body)
	}
	return bodies, nil
}
