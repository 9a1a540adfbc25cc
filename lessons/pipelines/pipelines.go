// Package pipelines passes items through stages: one
// item after the other, and a goroutine for each stage.
package pipelines

import (
	"context"
	"fmt"
	"iter"
	"runtime/trace"
	"sync"
	"time"
)

// work is what a stage does with an item.
func work(ctx context.Context, name string,
	each time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(each)
}

// numbers yields the items 1, 2 and so on.
func numbers(items int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := range items {
			if !yield(n + 1) {
				return
			}
		}
	}
}

// link works on an item when it is asked for one.
func link(ctx context.Context, name string,
	in iter.Seq[int],
	each time.Duration) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println(name, "stops")
		for item := range in {
			work(ctx, name, each)
			if !yield(item) {
				return
			}
		}
	}
}

// Chained has an iterator for each stage.
func Chained(ctx context.Context,
	items, stages int, each time.Duration) error {
	out := numbers(items)
	for n := range stages {
		name := fmt.Sprint("stage ", n+1)
		out = link(ctx, name, out, each)
	}
	came := 0
	for range out {
		came++
	}
	fmt.Println(came, "items came out")
	return nil
}

// source is a channel that holds all items.
func source(items int) <-chan int {
	in := make(chan int, items)
	for n := range items {
		in <- n + 1
	}
	close(in)
	return in
}

// handle works on an item and hands it on.
func handle(ctx context.Context, name string, item int,
	each time.Duration, out chan<- int) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(each)
	out <- item
}

// stage starts a goroutine to handle what comes in.
func stage(ctx context.Context, name string,
	in <-chan int, each time.Duration) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		defer fmt.Println(name, "stops")
		for item := range in {
			handle(ctx, name, item, each, out)
		}
	}()
	return out
}

// count receives all items.
func count(out <-chan int) (came int) {
	for range out {
		came++
	}
	return came
}

// Pipeline has a goroutine for each stage.
func Pipeline(ctx context.Context,
	items, stages int, each time.Duration) error {
	out := source(items)
	for n := range stages {
		name := fmt.Sprint("stage ", n+1)
		out = stage(ctx, name, out, each)
	}
	fmt.Println(count(out), "items came out")
	return nil
}

// SlowStage is Pipeline with a slow middle stage.
func SlowStage(ctx context.Context,
	items, stages int,
	each, slow time.Duration) error {
	out := source(items)
	for n := range stages {
		takes := each
		if n == stages/2 {
			takes = slow
		}
		name := fmt.Sprint("stage ", n+1)
		out = stage(ctx, name, out, takes)
	}
	fmt.Println(count(out), "items came out")
	return nil
}

// crew is stage with several goroutines.
func crew(ctx context.Context, name string, size int,
	in <-chan int, each time.Duration) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for n := range size {
		member := fmt.Sprint(name, ".", n+1)
		wg.Go(func() {
			for item := range in {
				handle(ctx, member, item, each, out)
			}
		})
	}
	go func() {
		defer trace.StartRegion(ctx, "close").End()
		wg.Wait()
		fmt.Println(name, "stops")
		close(out)
	}()
	return out
}

// Widened is SlowStage with a team for the slow stage.
func Widened(ctx context.Context,
	items, stages, team int,
	each, slow time.Duration) error {
	out := source(items)
	for n := range stages {
		name := fmt.Sprint("stage ", n+1)
		if n == stages/2 {
			out = crew(ctx, name, team, out, slow)
		} else {
			out = stage(ctx, name, out, each)
		}
	}
	fmt.Println(count(out), "items came out")
	return nil
}

// Early takes the first few items and leaves the rest.
func Early(ctx context.Context, items, stages, take int,
	each, report time.Duration) error {
	in := source(items)
	out := in
	for n := range stages {
		name := fmt.Sprint("stage ", n+1)
		out = stage(ctx, name, out, each)
	}
	take = min(take, items)
	for range take {
		<-out
	}
	fmt.Println(take, "items came out")
	work(ctx, "report", report)
	fmt.Println(items-len(in), "items went in")
	return nil
}

// offer is handle, and gives up when ctx has ended. It
// reports whether somebody took the item.
func offer(ctx context.Context, name string, item int,
	each time.Duration, out chan<- int) bool {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(each)
	select {
	case out <- item:
		return true
	case <-ctx.Done():
		return false
	}
}

// listener is stage, and stops when ctx has ended.
func listener(ctx context.Context, wg *sync.WaitGroup,
	name string, in <-chan int,
	each time.Duration) <-chan int {
	out := make(chan int)
	wg.Go(func() {
		defer close(out)
		defer fmt.Println(name, "stops")
		for item := range in {
			if !offer(ctx, name, item, each, out) {
				return
			}
		}
	})
	return out
}

// Cancelled is Early, and says when it has enough.
func Cancelled(ctx context.Context, items, stages, take int,
	each, report time.Duration) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	stagesCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := source(items)
	for n := range stages {
		name := fmt.Sprint("stage ", n+1)
		out = listener(stagesCtx, &wg, name, out, each)
	}
	take = min(take, items)
	for range take {
		<-out
	}
	fmt.Println(take, "items came out")
	cancel()
	work(ctx, "report", report)
	return nil
}
