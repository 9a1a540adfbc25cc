// Package groups has three workers in a group, and some
// of them fail: what the others do then, and what the
// group hands over.
package groups

import (
	"context"
	"errors"
	"fmt"
	"runtime/trace"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// worker waits for d, and gives up when ctx is done.
func worker(ctx context.Context, name string,
	d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(d):
		fmt.Println(name, "finished after", d)
		return nil
	case <-ctx.Done():
		fmt.Println(name, "gave up")
		return ctx.Err()
	}
}

// fail waits for d, and fails.
func fail(ctx context.Context, name string,
	d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
	fmt.Println(name, "failed after", d)
	return fmt.Errorf("%s: no answer", name)
}

// Plain runs a group in which B fails.
func Plain(ctx context.Context,
	a, b, c time.Duration) error {
	var group errgroup.Group
	group.Go(func() error { return worker(ctx, "A", a) })
	group.Go(func() error { return fail(ctx, "B", b) })
	group.Go(func() error { return worker(ctx, "C", c) })
	fmt.Println("caught:", group.Wait())
	return nil
}

// Stopping is Plain with a context that ends when
// somebody fails.
func Stopping(ctx context.Context,
	a, b, c time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return worker(ctx, "A", a) })
	group.Go(func() error { return fail(ctx, "B", b) })
	group.Go(func() error { return worker(ctx, "C", c) })
	fmt.Println("caught:", group.Wait())
	return nil
}

// sleeper is a worker that does not look at ctx.
func sleeper(ctx context.Context, name string,
	d time.Duration) error {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
	fmt.Println(name, "finished after", d)
	return nil
}

// Deaf is Stopping with workers that do not listen.
func Deaf(ctx context.Context,
	a, b, c time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return sleeper(ctx, "A", a) })
	group.Go(func() error { return fail(ctx, "B", b) })
	group.Go(func() error { return sleeper(ctx, "C", c) })
	fmt.Println("caught:", group.Wait())
	return nil
}

// count prints how many errors are in err: those that
// were joined, or else one.
func count(err error) {
	errs := []error{err}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		errs = j.Unwrap()
	}
	fmt.Println(len(errs), "of 3 errors arrived")
}

// Three runs a group in which all fail at once.
func Three(ctx context.Context, b time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, name := range []string{"A", "B", "C"} {
		group.Go(func() error { return fail(ctx, name, b) })
	}
	count(group.Wait())
	return nil
}

// Joined has a place for each error, and joins them.
func Joined(ctx context.Context, b time.Duration) error {
	errs := make([]error, 3)
	var wg sync.WaitGroup
	for i, name := range []string{"A", "B", "C"} {
		wg.Go(func() { errs[i] = fail(ctx, name, b) })
	}
	wg.Wait()
	err := errors.Join(errs...)
	count(err)
	fmt.Println(err)
	return nil
}
