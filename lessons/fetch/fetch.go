// Package fetch downloads pages: one by one, all at
// once, and a few at a time. It counts what comes and
// never prints it.
package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path"
	"runtime/trace"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// fetched is what became of a page: its size, or why
// there is none.
type fetched struct {
	size int64
	err  error
}

// Timeout is how long a page may take. Without one a
// Client waits for ever where nobody answers.
const Timeout = 30 * time.Second

// MaxSize is how many bytes a page may have. Without a
// limit one could go on for as long as it may take.
const MaxSize = 100_000_000

// newClient has connections of its own, for its user to
// close, and goes only where it is told to: through no
// proxy, and after no redirect.
func newClient() *http.Client {
	stay := func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	return &http.Client{
		Timeout:       Timeout,
		Transport:     &http.Transport{},
		CheckRedirect: stay,
	}
}

// fetch downloads one page and counts its bytes.
func fetch(ctx context.Context, client *http.Client,
	page string) fetched {
	defer trace.StartRegion(ctx, path.Base(page)).End()
	req, err := http.NewRequestWithContext(ctx,
		http.MethodGet, page, nil)
	if err != nil {
		return fetched{err: reason(err)}
	}
	resp, err := client.Do(req)
	if err != nil {
		return fetched{err: reason(err)}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fetched{err: refusal(resp)}
	}
	size, err := io.Copy(io.Discard,
		io.LimitReader(resp.Body, MaxSize+1))
	if size > MaxSize {
		err = errTooLong
	}
	return fetched{size, reason(err)}
}

var errTooLong = errors.New("over 100 MB, given up")

// refusal says what came in place of a page.
func refusal(resp *http.Response) error {
	status := strings.TrimSpace(resp.Status)
	if resp.StatusCode/100 == 3 {
		status += ", not followed"
	}
	return errors.New(status)
}

// reason says in a few words why there is no page.
func reason(err error) error {
	var op *net.OpError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errTooLong):
		return err
	case errors.Is(err, syscall.EMFILE):
		return errors.New("too many open files")
	case errors.Is(err, context.Canceled):
		return errors.New("cancelled")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer in time")
	case errors.As(err, &dns):
		return errors.New("unknown host")
	case errors.As(err, &cert):
		return errors.New("bad certificate")
	case errors.As(err, &op) && op.Op == "dial":
		return errors.New("no connection")
	}
	return errors.New("no proper answer")
}

// Sequential fetches one page after the other.
func Sequential(ctx context.Context,
	pages []string) error {
	client := newClient()
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
	client := newClient()
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

// Fastest keeps the first page that arrives. Then it
// cancels the context, which ends the other requests.
func Fastest(ctx context.Context, pages []string) error {
	client := newClient()
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]fetched, len(pages))
	var wg sync.WaitGroup
	for i, page := range pages {
		wg.Go(func() {
			results[i] = fetch(ctx, client, page)
			if results[i].err == nil {
				cancel()
			}
		})
	}
	wg.Wait()
	for i, result := range results {
		if result.err == nil {
			return report(pages[i:i+1], results[i:i+1])
		}
	}
	return report(pages, results)
}

// Bounded never has more than limit requests in flight.
func Bounded(ctx context.Context,
	pages []string, limit int) error {
	client := newClient()
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
	if err := group.Wait(); err != nil {
		return err
	}
	return report(pages, results)
}

// report says what became of each page, in the order
// asked for.
func report(pages []string, results []fetched) error {
	failed := 0
	var first error
	for i, page := range pages {
		if err := results[i].err; err != nil {
			failed++
			first = cmp.Or(first, err)
			fmt.Printf("Failed  %s... %v\n", page, err)
			continue
		}
		fmt.Printf("Fetched %s... %d bytes\n",
			page, results[i].size)
	}
	if failed > 0 {
		return fmt.Errorf(
			"%d of %d pages failed, the first: %w",
			failed, len(pages), first)
	}
	return nil
}
