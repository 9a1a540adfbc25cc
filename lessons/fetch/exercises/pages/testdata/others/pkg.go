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

var (
	mu   sync.Mutex
	once sync.Once
	pool = sync.Pool{New: func() any { return new(Page) }}
	next = map[int]*Page{}
)

func All(ctx context.Context, urls []string, fetch Fetch) (all []Page) {
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			p := pool.Get().(*Page)
			p.URL = url
			p.Body, p.Err = fetch(ctx, url)
			mu.Lock()
			defer mu.Unlock()
			next[i] = p
		})
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	for i := range urls {
		all = append(all, *next[i])
		*next[i] = Page{}
		pool.Put(next[i])
	}
	clear(next)
	return
}
