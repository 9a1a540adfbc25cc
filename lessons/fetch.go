package lessons

import (
	"context"
	_ "embed"
	"io"
	"time"

	"gosyncio/lessons/fetch"
)

//go:embed fetch/fetch.go
var fetchSource string

type fetchSettings struct {
	pages   int
	latency time.Duration
	limit   int
	urls    []string // nil: the pages of the server on loopback
	server  string
}

func (s *fetchSettings) bind(b *bindings) {
	b.lanes(&s.pages, "pages", 3, MaxLanes/10, "how many pages to fetch")
	b.duration(&s.latency, "latency", 400*time.Millisecond, "about how long a page takes to answer")
	b.count(&s.limit, "limit", 10, "how many requests bounded has in flight")
	b.urls(&s.urls, "urls", "your own addresses in place of the pages on loopback")
	b.server(&s.server)
}

// addresses are those of the pages to fetch.
func (s fetchSettings) addresses() []string {
	if s.urls != nil {
		return s.urls
	}
	return fetch.Pages(s.server, s.pages)
}

// inFlight is how long the pages of the server on loopback take with at
// most limit at a time, each starting as soon as there is room for it.
func (s fetchSettings) inFlight(limit int) time.Duration {
	if s.urls != nil {
		return 0 // unknown
	}
	return makespan(s.pages, limit, s.takes)
}

// takes is how long the page of index i of the server on loopback takes, or
// how long it may take.
func (s fetchSettings) takes(i int) time.Duration {
	return min(fetch.Latency(i+1, s.latency), fetch.Timeout)
}

// first is when the first of the pages of the server on loopback arrives.
func (s fetchSettings) first() time.Duration {
	if s.urls != nil {
		return 0 // unknown
	}
	first := s.takes(0)
	for i := range s.pages {
		first = min(first, s.takes(i))
	}
	return first
}

func (s fetchSettings) serve() (string, io.Closer, error) {
	if s.urls != nil {
		return "", nil, nil
	}
	server, err := fetch.Serve(s.latency)
	if err != nil {
		return "", nil, err
	}
	return server.URL, server, nil
}

func fetchLesson() Lesson {
	return define(definition[fetchSettings]{
		ID:        "fetch",
		Exercises: []string{"pages", "bounded"},
		Work:      func(s fetchSettings) time.Duration { return time.Duration(s.pages) * 5 * time.Millisecond },
		Source:    fetchSource,
		Variants: []variant[fetchSettings]{
			{
				Name: "sequential", Func: "Sequential", Ignores: []string{"limit"},
				Ideal: func(s fetchSettings) time.Duration { return s.inFlight(1) },
				Run:   func(ctx context.Context, s fetchSettings) error { return fetch.Sequential(ctx, s.addresses()) },
			},
			{
				Name: "concurrent", Func: "Concurrent", Ignores: []string{"limit"},
				Ideal: func(s fetchSettings) time.Duration { return s.inFlight(s.pages) },
				Run:   func(ctx context.Context, s fetchSettings) error { return fetch.Concurrent(ctx, s.addresses()) },
			},
			{
				Name: "fastest", Func: "Fastest", Ignores: []string{"limit"},
				Ideal: fetchSettings.first,
				Run:   func(ctx context.Context, s fetchSettings) error { return fetch.Fastest(ctx, s.addresses()) },
			},
			{
				Name: "bounded", Func: "Bounded",
				Ideal: func(s fetchSettings) time.Duration { return s.inFlight(s.limit) },
				Run:   func(ctx context.Context, s fetchSettings) error { return fetch.Bounded(ctx, s.addresses(), s.limit) },
			},
		},
		Serve:  fetchSettings.serve,
		Python: func(s fetchSettings) map[string]any { return map[string]any{"urls": s.addresses()} },
	})
}
