// Verdict: leak
// Says: 2 goroutines are left over that wait to send on a channel

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
	pages := make([]Page, len(urls))
	errs := make(chan error)
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Add(1)
		go func() {
			body, err := fetch(ctx, url)
			pages[i] = Page{url, body, err}
			wg.Done()
			errs <- err // here
		}()
	}
	wg.Wait()
	for range urls {
		if err := <-errs; err != nil {
			break
		}
	}
	return pages
}
