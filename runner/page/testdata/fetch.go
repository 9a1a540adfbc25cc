// Package fetch downloads pages: one by one, all at
// once, and a few at a time. It counts what comes and
// never prints it.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"runtime/trace"
	"sync"

	"golang.org/x/sync/errgroup"
)

// fetched is what became of a page: its size, or why
// there is none.
type fetched struct {
	size int64
	err  error
}

// fetch downloads one page and counts its bytes.
func fetch(ctx context.Context, client *http.Client,
	page string) fetched {
	defer trace.StartRegion(ctx, path.Base(page)).End()
	req, err := http.NewRequestWithContext(ctx,
		http.MethodGet, page, nil)
	if err != nil {
		return fetched{err: err}
	}
	resp, err := client.Do(req)
	if err != nil {
		return fetched{err: err}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fetched{err: errors.New(resp.Status)}
	}
	size, err := io.Copy(io.Discard, resp.Body)
	return fetched{size, err}
}

// Sequential fetches one page after the other.
func Sequential(ctx context.Context,
	pages []string) error {
	client := &http.Client{}
	defer client.CloseIdleConnections()
	results := make([]fetched, len(pages))
	for i, page := range pages {
		results[i] = fetch(ctx, client, page)
	}
	return report(pages, results)
}

// Concurrent has all requests in flight at once, in one
// client.
func Concurrent(ctx context.Context,
	pages []string) error {
	client := &http.Client{}
	defer client.CloseIdleConnections()
	results := make([]fetched, len(pages))
	var wg sync.WaitGroup
	for i, page := range pages {
		wg.Go(func() {
			results[i] = fetch(ctx, client, page)
		})
	}
	wg.Wait()
	return report(pages, results)
}

// Bounded never has more than limit requests in flight.
func Bounded(ctx context.Context,
	pages []string, limit int) error {
	client := &http.Client{}
	defer client.CloseIdleConnections()
	results := make([]fetched, len(pages))
	var group errgroup.Group
	group.SetLimit(limit)
	for i, page := range pages {
		group.Go(func() error {
			results[i] = fetch(ctx, client, page)
			return nil
		})
	}
	group.Wait()
	return report(pages, results)
}

// report says what became of each page, in the order
// asked for.
func report(pages []string, results []fetched) error {
	failed := 0
	for i, page := range pages {
		if err := results[i].err; err != nil {
			failed++
			fmt.Printf("Failed  %s... %v\n",
				page, reason(err))
			continue
		}
		fmt.Printf("Fetched %s... %d bytes\n",
			page, results[i].size)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d pages failed",
			failed, len(pages))
	}
	return nil
}

// reason leaves out the address, which the line has
// already.
func reason(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
