// Package gather collects the results of two workers in
// the order they were asked for: the Go counterpart of
// asyncio.gather.
package gather

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// worker waits for d and returns what it has to say.
func worker(ctx context.Context, name string,
	d time.Duration) string {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println(name, "started")
	time.Sleep(d)
	fmt.Println(name, "finished after", d)
	return fmt.Sprintf("%s's result", name)
}

// report prints the results as they stand in the slice.
func report(results []string) {
	for i, result := range results {
		fmt.Printf("results[%d] = %s\n", i, result)
	}
}

// Sequential asks for one result after the other.
func Sequential(ctx context.Context,
	a, b time.Duration) error {
	results := []string{
		worker(ctx, "A", a),
		worker(ctx, "B", b),
	}
	report(results)
	return nil
}

// Concurrent runs both workers at once. Each writes its
// result into a place of its own, so that the order is
// the order asked for.
func Concurrent(ctx context.Context,
	a, b time.Duration) error {
	results := make([]string, 2)
	var wg sync.WaitGroup
	wg.Go(func() { results[0] = worker(ctx, "A", a) })
	wg.Go(func() { results[1] = worker(ctx, "B", b) })
	wg.Wait()
	report(results)
	return nil
}
