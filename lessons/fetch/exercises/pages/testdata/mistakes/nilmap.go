// Verdict: panic
// Says: panic: assignment to entry in nil map

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

func All(ctx context.Context, urls []string, fetch Fetch) []Page {
	var fetched map[string]Page
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Go(func() {
			body, err := fetch(ctx, url)
			mu.Lock()
			defer mu.Unlock()
			fetched[url] = Page{url, body, err} // here
		})
	}
	wg.Wait()
	var pages []Page
	for _, url := range urls {
		pages = append(pages, fetched[url])
	}
	return pages
}
