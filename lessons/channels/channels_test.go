package channels

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// printed is the output of a hand-over: done items are handled when the
// producer is done.
func printed(items, done int) (lines []string) {
	for n := range items {
		lines = append(lines, fmt.Sprintf("item %d is handled", n+1))
	}
	return slices.Insert(lines, done, "producer is done")
}

// Without room a send ends when the item is taken. So the producer is done
// when the last item is taken, and all before it are handled.
func TestUnbufferedIsDoneWhenTheLastItemIsTaken(t *testing.T) {
	for _, items := range []int{1, 2, 5, 8} {
		elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
			return Unbuffered(ctx, items, time.Second)
		})
		if want := time.Duration(items) * time.Second; elapsed != want {
			t.Errorf("%d items: elapsed = %v, want %v", items, elapsed, want)
		}
		if diff := cmp.Diff(printed(items, items-1), lines); diff != "" {
			t.Errorf("%d items: output (-want +got):\n%s", items, diff)
		}
	}
}

// Room lets the producer be done sooner, and changes nothing else: the
// consumer has one item, and size are in the channel.
func TestBufferedIsDoneAsManyItemsSoonerAsThereIsRoom(t *testing.T) {
	for _, tt := range []struct{ items, size, done int }{
		{5, 1, 3},
		{5, 2, 2},
		{5, 3, 1},
		{5, 4, 0},
		{5, 5, 0},
		{5, 1000, 0},
		{8, 3, 4},
	} {
		t.Run(fmt.Sprint(tt.items, " items, size ", tt.size), func(t *testing.T) {
			elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
				return Buffered(ctx, tt.items, tt.size, time.Second)
			})
			if want := time.Duration(tt.items) * time.Second; elapsed != want {
				t.Errorf("elapsed = %v, want %v", elapsed, want)
			}
			if diff := cmp.Diff(printed(tt.items, tt.done), lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// The text says when the producer of 5 items of 300 ms has done its work.
func TestWhenTheProducerIsDone(t *testing.T) {
	const each = 300 * time.Millisecond
	for size, want := range map[int]time.Duration{
		0: 1200 * time.Millisecond, 1: 900 * time.Millisecond, 2: 600 * time.Millisecond, 4: 0, 5: 0, 1000: 0,
	} {
		lessontest.Output(t, func() {
			synctest.Test(t, func(t *testing.T) {
				queue := make(chan int, size)
				start := time.Now()
				go consumer(t.Context(), "consumer", queue, each)
				producer(t.Context(), "producer", queue, 5)
				if took := time.Since(start); took != want {
					t.Errorf("size %d: the producer took %v, want %v", size, took, want)
				}
				time.Sleep(time.Hour) // for the consumer
			})
		})
	}
}

func TestBroadcastWakesAllAndWhoComesLate(t *testing.T) {
	for _, waiters := range []int{1, 3, 50} {
		elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error {
			return Broadcast(ctx, waiters, time.Second)
		})
		if elapsed != time.Second {
			t.Errorf("%d waiters: elapsed = %v, want 1s", waiters, elapsed)
		}
		var want []string
		for n := range waiters {
			want = append(want, fmt.Sprintf("waiter %d goes on", n+1))
		}
		slices.Sort(want)
		slices.Sort(lines[:min(waiters, len(lines))]) // who is first is not determined
		if diff := cmp.Diff(append(want, "latecomer goes on"), lines); diff != "" {
			t.Errorf("%d waiters: output (-want +got):\n%s", waiters, diff)
		}
	}
}

// What the text says of closed channels, and of nil.
func TestWhatAClosedChannelDoes(t *testing.T) {
	panics := func(what, want string, f func()) {
		t.Helper()
		defer func() {
			if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), want) {
				t.Errorf("%s: panic %v, want %s", what, v, want)
			}
		}()
		f()
	}
	closed := make(chan int, 1)
	closed <- 7
	close(closed)
	if item, ok := <-closed; item != 7 || !ok {
		t.Errorf("the first receive: %d, %t; want what is left in it", item, ok)
	}
	for range 3 {
		if item, ok := <-closed; item != 0 || ok {
			t.Errorf("a receive: %d, %t; want 0, false", item, ok)
		}
	}
	panics("a send", "send on closed channel", func() { closed <- 1 })
	panics("a second close", "close of closed channel", func() { close(closed) })

	var none chan int
	panics("closing nil", "close of nil channel", func() { close(none) })
	select {
	case none <- 1:
		t.Error("a send on nil does not wait")
	case <-none:
		t.Error("a receive from nil does not wait")
	default:
	}

	// One value wakes one.
	synctest.Test(t, func(t *testing.T) {
		ready, woken := make(chan struct{}), 0
		for range 3 {
			go func() {
				if _, ok := <-ready; ok {
					woken++
				}
			}()
		}
		ready <- struct{}{}
		synctest.Wait()
		if woken != 1 {
			t.Errorf("one value wakes %d", woken)
		}
		close(ready)
	})

	// A close does not wait until what is in the channel is taken.
	synctest.Test(t, func(t *testing.T) {
		full := make(chan int, 2)
		full <- 1
		full <- 2
		close(full)
	})

	// cap and len say how much room there is, and how much of it is taken.
	if queue := make(chan int); cap(queue) != 0 || len(queue) != 0 {
		t.Error("there is room in a channel without a size")
	}
}
