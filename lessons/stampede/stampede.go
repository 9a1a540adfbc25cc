// Package stampede has many callers ask a cache for the
// same few values at the same moment.
package stampede

import (
	"context"
	"fmt"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// load gets a value; it takes long, and is counted.
func load(ctx context.Context, key string,
	loads *atomic.Int64, each time.Duration) string {
	defer trace.StartRegion(ctx, key).End()
	loads.Add(1)
	time.Sleep(each)
	return "value of " + key
}

// ask has all callers ask at the same moment, some for
// each key, and returns how many answers were right.
func ask(callers, keys, rounds int,
	get func(key string) string) int64 {
	var answers atomic.Int64
	var wg sync.WaitGroup
	for n := range callers {
		key := fmt.Sprint("key ", n%keys+1)
		wg.Go(func() {
			for range rounds {
				if get(key) == "value of "+key {
					answers.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return answers.Load()
}

// Cached looks into a map, and loads what is not there.
func Cached(ctx context.Context,
	callers, keys, rounds int,
	each time.Duration) error {
	var loads atomic.Int64
	var mu sync.Mutex // of the map
	values := map[string]string{}
	get := func(key string) string {
		mu.Lock()
		value, ok := values[key]
		mu.Unlock()
		if !ok {
			value = load(ctx, key, &loads, each)
			mu.Lock()
			values[key] = value
			mu.Unlock()
		}
		return value
	}
	answers := ask(callers, keys, rounds, get)
	fmt.Println(loads.Load(), "loads,",
		answers, "answers")
	return nil
}

// Held is Cached, and keeps the lock while it loads.
func Held(ctx context.Context,
	callers, keys, rounds int,
	each time.Duration) error {
	var loads atomic.Int64
	var mu sync.Mutex // of the map, and of all loads
	values := map[string]string{}
	get := func(key string) string {
		mu.Lock()
		defer mu.Unlock()
		value, ok := values[key]
		if !ok {
			value = load(ctx, key, &loads, each)
			values[key] = value
		}
		return value
	}
	answers := ask(callers, keys, rounds, get)
	fmt.Println(loads.Load(), "loads,",
		answers, "answers")
	return nil
}

// An entry is a value that is there, or on its way.
type entry struct {
	ready chan struct{} // closed when it is there
	value string
}

// Shared puts the entry in before it loads the value.
func Shared(ctx context.Context,
	callers, keys, rounds int,
	each time.Duration) error {
	var loads atomic.Int64
	var mu sync.Mutex // of the map
	entries := map[string]*entry{}
	get := func(key string) string {
		mu.Lock()
		e, ok := entries[key]
		if !ok {
			e = &entry{ready: make(chan struct{})}
			entries[key] = e
		}
		mu.Unlock()
		if ok {
			<-e.ready
			return e.value
		}
		e.value = load(ctx, key, &loads, each)
		close(e.ready)
		return e.value
	}
	answers := ask(callers, keys, rounds, get)
	fmt.Println(loads.Load(), "loads,",
		answers, "answers")
	return nil
}

// Flight shares each load among those who wait for it.
func Flight(ctx context.Context,
	callers, keys, rounds int,
	each time.Duration) error {
	var loads atomic.Int64
	var flights singleflight.Group
	get := func(key string) string {
		v, _, _ := flights.Do(key, func() (any, error) {
			return load(ctx, key, &loads, each), nil
		})
		return v.(string)
	}
	answers := ask(callers, keys, rounds, get)
	fmt.Println(loads.Load(), "loads,",
		answers, "answers")
	return nil
}
