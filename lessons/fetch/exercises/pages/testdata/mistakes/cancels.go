// Verdict: wrong
// Says: All returns the error "context canceled" for page1, but it did not fail

package pages

import (
	"context"
	"sync"
)

type Page struct {
	URL  string
	Body string
	Err  error
}

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, fetch Fetch) []Page { // here
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			body, err := fetch(ctx, url)
			if err != nil {
				cancel()
			}
			pages[i] = Page{url, body, err}
		})
	}
	wg.Wait()
	return pages
}
