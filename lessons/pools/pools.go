// Package pools has many jobs that wait: one after the
// other, all at once, and in a pool of workers whose
// size somebody had to choose.
package pools

import (
	"context"
	"fmt"
	"math"
	"runtime/trace"
	"strings"
	"sync"
	"time"
)

// job waits, as for a page or a database.
func job(ctx context.Context, name string,
	each time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(each)
}

// Sequential does one job after the other.
func Sequential(ctx context.Context,
	jobs int, each time.Duration) error {
	for n := range jobs {
		job(ctx, fmt.Sprint("job ", n+1), each)
	}
	fmt.Println(jobs, "jobs done one after the other")
	return nil
}

// Concurrent gives every job a goroutine. There is no
// size to choose.
func Concurrent(ctx context.Context,
	jobs int, each time.Duration) error {
	var wg sync.WaitGroup
	for n := range jobs {
		wg.Go(func() {
			job(ctx, fmt.Sprint("job ", n+1), each)
		})
	}
	wg.Wait()
	fmt.Println(jobs, "jobs done all at once")
	return nil
}

// worker does jobs until there are no more.
func worker(ctx context.Context, name string,
	queue <-chan time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	for each := range queue {
		time.Sleep(each)
	}
}

// work has size workers do the jobs.
func work(ctx context.Context,
	jobs, size int, each time.Duration) {
	queue := make(chan time.Duration)
	var wg sync.WaitGroup
	for n := range size {
		wg.Go(func() {
			name := fmt.Sprint("worker ", n+1)
			worker(ctx, name, queue)
		})
	}
	for range jobs {
		queue <- each
	}
	close(queue)
	wg.Wait()
}

// Pool does the jobs in a pool of size workers.
func Pool(ctx context.Context,
	jobs, size int, each time.Duration) error {
	work(ctx, jobs, size, each)
	fmt.Println(jobs, "jobs done by a pool of", size)
	return nil
}

// Sizes does the same jobs in a pool of 1 worker, of 2,
// and so on, and draws how long each pool took.
func Sizes(ctx context.Context,
	jobs int, each time.Duration) error {
	var longest time.Duration
	for size := 1; size <= 64; size *= 2 {
		start := time.Now()
		work(ctx, jobs, size, each)
		took := time.Since(start)
		longest = max(longest, took)
		fmt.Printf("size %2d  %5.2f s  %s\n",
			size, took.Seconds(), bar(took, longest))
	}
	return nil
}

// bar is 28 columns long for the longest time.
func bar(took, longest time.Duration) string {
	share := float64(took) / float64(max(longest, 1))
	columns := int(math.Round(28 * share))
	return strings.Repeat("█", columns)
}
