// Verdict: race
// Says: a goroutine writes here what another goroutine writes at the same time

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
	var err error
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			pages[i].URL = url
			pages[i].Body, err = fetch(ctx, url) // here
			pages[i].Err = err
		})
	}
	wg.Wait()
	return pages
}
