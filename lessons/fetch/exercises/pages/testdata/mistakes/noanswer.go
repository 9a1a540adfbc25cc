// Verdict: deadlock
// Says: nobody can go on: here All waits to receive from a channel

package pages

import "context"

type Page struct {
	URL  string
	Body string
	Err  error
}

type Fetch func(ctx context.Context, url string) (string, error)

func All(ctx context.Context, urls []string, fetch Fetch) []Page {
	type result struct {
		i    int
		body string
	}
	results := make(chan result)
	pages := make([]Page, len(urls))
	for i, url := range urls {
		go func() {
			body, err := fetch(ctx, url)
			if err != nil {
				pages[i] = Page{URL: url, Err: err}
				return
			}
			results <- result{i, body}
		}()
	}
	for range urls {
		r := <-results // here
		pages[r.i] = Page{URL: urls[r.i], Body: r.body}
	}
	return pages
}
