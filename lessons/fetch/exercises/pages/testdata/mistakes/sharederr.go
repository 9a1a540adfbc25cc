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

func All(ctx context.Context, urls []string,
	fetch func(ctx context.Context, url string) (string, error)) []Page {
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
