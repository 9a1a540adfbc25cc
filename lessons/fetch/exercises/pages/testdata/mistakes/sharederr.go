// Verdict: order
// Says: In some runs only, depending on which goroutine goes when: All returns the error

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
	var err error
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			pages[i].URL = url
			pages[i].Body, err = fetch(ctx, url)
			pages[i].Err = err
		})
	}
	wg.Wait()
	return pages
}
