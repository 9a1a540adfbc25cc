// Package pages fetches pages, some of which fail.
package pages

import (
	"context"
	"sync"
)

// A Page is what became of a page: its body, or why there
// is none.
type Page struct {
	URL  string
	Body string
	Err  error
}

// A Fetch fetches a page and returns its body.
type Fetch func(ctx context.Context, url string) (string, error)

// All fetches all pages at once, whichever of them fail, and
// returns what became of each, in the order of urls.
func All(ctx context.Context, urls []string, fetch Fetch) []Page {
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			body, err := fetch(ctx, url)
			pages[i] = Page{url, body, err}
		})
	}
	wg.Wait()
	return pages
}
