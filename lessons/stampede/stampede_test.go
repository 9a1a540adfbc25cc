package stampede

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"golang.org/x/sync/singleflight"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A variant is one of the lesson's functions.
type variant func(ctx context.Context, callers, keys, rounds int, each time.Duration) error

// In virtual time all who ask find nothing, until the first load has ended.
func TestVariantsInVirtualTime(t *testing.T) {
	const each = 300 * time.Millisecond
	for _, tt := range []struct {
		name                  string
		run                   variant
		callers, keys, rounds int
		loads                 int
		elapsed               time.Duration
	}{
		{"cached", Cached, 100, 4, 1, 100, each},
		{"cached", Cached, 100, 4, 2, 100, each}, // the second time it is there
		{"cached", Cached, 3, 4, 1, 3, each},
		{"shared", Shared, 100, 4, 1, 4, each},
		{"shared", Shared, 100, 4, 2, 4, each},
		{"shared", Shared, 3, 4, 1, 3, each},
		{"flight", Flight, 100, 4, 1, 4, each},
		{"flight", Flight, 100, 4, 2, 8, 2 * each}, // nothing is kept
		{"flight", Flight, 100, 4, 3, 12, 3 * each},
	} {
		t.Run(fmt.Sprint(tt.name, " ", tt.callers, " callers, rounds ", tt.rounds), func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return tt.run(ctx, tt.callers, tt.keys, tt.rounds, each)
			})
			if elapsed != tt.elapsed {
				t.Errorf("elapsed = %v, want %v", elapsed, tt.elapsed)
			}
			want := []string{fmt.Sprintf("%d loads, %d answers", tt.loads, tt.callers*tt.rounds)}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// Held cannot be had in virtual time: who waits for a mutex is not durably
// blocked.
func TestHeldLoadsEachKeyOnce(t *testing.T) {
	for _, rounds := range []int{1, 2} {
		lines := lessontest.Output(t, func() {
			if err := Held(t.Context(), 100, 4, rounds, time.Millisecond); err != nil {
				t.Error(err)
			}
		})
		want := []string{fmt.Sprintf("4 loads, %d answers", 100*rounds)}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("output (-want +got):\n%s", diff)
		}
	}
}

// The loads of Held follow each other, which virtual time shows with a channel
// for a lock, and so does a look for a key that is there: it waits for a load
// of another.
func TestWhoAsksForAKeyThatIsThereWaitsForTheLock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lock := make(chan struct{}, 1)
		values := map[string]string{"A": "value of A"}
		get := func(key string) string {
			lock <- struct{}{}
			defer func() { <-lock }()
			if _, ok := values[key]; !ok {
				time.Sleep(time.Second)
				values[key] = "value of " + key
			}
			return values[key]
		}
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() { get("B") })
		synctest.Wait()
		if got := get("A"); got != "value of A" || time.Since(start) != time.Second {
			t.Errorf("A is %q after %v", got, time.Since(start))
		}
		wg.Wait()
	})
}

// With an RWMutex Cached would load as often.
func TestAnRWMutexLoadsAsOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var loads atomic.Int64
		var mu sync.RWMutex
		values := map[string]string{}
		answers := ask(100, 4, 1, func(key string) string {
			mu.RLock()
			value, ok := values[key]
			mu.RUnlock()
			if !ok {
				value = load(t.Context(), key, &loads, time.Second)
				mu.Lock()
				values[key] = value
				mu.Unlock()
			}
			return value
		})
		if loads.Load() != 100 || answers != 100 {
			t.Errorf("%d loads, %d answers", loads.Load(), answers)
		}
	})
}

var errDown = errors.New("the database is down")

// All who share a call get its error, and the next who asks tries again.
func TestAnErrorGoesToAllWhoShareACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var flights singleflight.Group
		var calls, failed atomic.Int64
		f := func() (any, error) {
			calls.Add(1)
			time.Sleep(time.Second)
			return nil, errDown
		}
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err, shared := flights.Do("A", f); errors.Is(err, errDown) && shared {
					failed.Add(1)
				}
			})
		}
		wg.Wait()
		if calls.Load() != 1 || failed.Load() != 10 {
			t.Errorf("%d calls, of which %d know that they failed", calls.Load(), failed.Load())
		}
		if _, err, shared := flights.Do("A", f); !errors.Is(err, errDown) || shared || calls.Load() != 2 {
			t.Errorf("the next gets %v, shared %v, after %d calls", err, shared, calls.Load())
		}
	})
}

// The call runs with the ctx of whoever came first, and fails for the other who
// waits for it.
func TestWhoCameFirstGivesUpForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var flights singleflight.Group
		get := func(ctx context.Context) error {
			_, err, _ := flights.Do("A", func() (any, error) {
				select {
				case <-time.After(time.Second):
					return "value of A", nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			})
			return err
		}
		first, giveUp := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { get(first) })
		synctest.Wait()
		wg.Go(func() {
			if err := get(t.Context()); !errors.Is(err, context.Canceled) {
				t.Errorf("the other gets %v", err)
			}
		})
		synctest.Wait()
		giveUp()
		wg.Wait()
	})
}

// Who has looked, and calls Do when the load has ended, loads again, unless it
// looks once more.
func TestALoadMayEndBetweenTheLookAndDo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		again bool
		loads int
	}{{false, 2}, {true, 1}} {
		var flights singleflight.Group
		values := map[string]string{} // by one goroutine
		loads := 0
		do := func() {
			flights.Do("A", func() (any, error) {
				if value, ok := values["A"]; ok && tt.again {
					return value, nil
				}
				loads++
				values["A"] = "value of A"
				return values["A"], nil
			})
		}
		_, there := values["A"]
		do() // by another, who is done before the first goes on
		if !there {
			do()
		}
		if loads != tt.loads {
			t.Errorf("looks once more %v: %d loads, want %d", tt.again, loads, tt.loads)
		}
	}
}
