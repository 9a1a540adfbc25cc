// Package races has workers that count, or fill a map, at the
// same time.
package races

import (
	"context"
	"fmt"
	"runtime/trace"
	"strconv"
	"sync"
	"sync/atomic"
)

// each has so many workers do the same at the same time.
func each(ctx context.Context, workers int, work func(i int)) {
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			name := "worker " + strconv.Itoa(i+1)
			defer trace.StartRegion(ctx, name).End()
			work(i)
			fmt.Println(name, "is done")
		})
	}
	wg.Wait()
}

// Plain shares a number, and nothing keeps the workers apart.
func Plain(ctx context.Context, workers, adds int) error {
	n := 0
	each(ctx, workers, func(int) {
		for range adds {
			n++
		}
	})
	fmt.Println("counted", n, "of", workers*adds)
	return nil
}

// Map has each worker write a key of its own.
func Map(ctx context.Context, workers, writes int) error {
	counts := map[int]int{}
	each(ctx, workers, func(i int) {
		defer func() {
			if v := recover(); v != nil {
				fmt.Println("recovered", v)
			}
		}()
		for range writes {
			counts[i]++
		}
	})
	fmt.Println("counted", counts)
	return nil
}

// Atomic adds in one step that nobody can come into.
func Atomic(ctx context.Context, workers, adds int) error {
	var n atomic.Int64
	each(ctx, workers, func(int) {
		for range adds {
			n.Add(1)
		}
	})
	fmt.Println("counted", n.Load(), "of", workers*adds)
	return nil
}

// Mutex lets one worker at a time read, add and write.
func Mutex(ctx context.Context, workers, adds int) error {
	var mu sync.Mutex
	n := 0
	each(ctx, workers, func(int) {
		for range adds {
			mu.Lock()
			n++
			mu.Unlock()
		}
	})
	fmt.Println("counted", n, "of", workers*adds)
	return nil
}
