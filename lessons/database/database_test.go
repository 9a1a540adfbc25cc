package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type program func(ctx context.Context, path string, queries int, each time.Duration) error

func programs() map[string]program {
	return map[string]program{
		"sequential": Sequential,
		"concurrent": Concurrent,
		"bounded": func(ctx context.Context, path string, queries int, each time.Duration) error {
			return Bounded(ctx, path, queries, each, 2)
		},
	}
}

// serve makes the lesson's database for one test.
func serve(t *testing.T) string {
	t.Helper()
	file, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return file.Path
}

func TestTitlesComeInTheOrderAsked(t *testing.T) {
	path := serve(t)
	for _, queries := range []int{1, 6, 30} {
		var want []string
		for i := range queries {
			want = append(want, fmt.Sprintf("query %d: %s", i+1, titles()[i%books]))
		}
		for name, program := range programs() {
			t.Run(fmt.Sprint(name, queries), func(t *testing.T) {
				lines := lessontest.Output(t, func() {
					if err := program(t.Context(), path, queries, time.Millisecond); err != nil {
						t.Error(err)
					}
				})
				if diff := cmp.Diff(want, lines); diff != "" {
					t.Errorf("output (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// No query is answered until as many sleep as the variant has at once, and
// the most are counted: it shows what sleeps at once without looking at a
// clock.
func TestHowManyQueriesSleepAtOnce(t *testing.T) {
	const queries = 12
	path := serve(t)
	for name, want := range map[string]int32{"sequential": 1, "bounded": 2, "concurrent": queries} {
		t.Run(name, func(t *testing.T) {
			var asleep, most atomic.Int32
			full := make(chan struct{})
			var once sync.Once
			pause = func(time.Duration) {
				n := asleep.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				if n == want {
					once.Do(func() { close(full) })
				}
				<-full
				asleep.Add(-1)
			}
			t.Cleanup(func() { pause = time.Sleep })
			lessontest.Output(t, func() {
				if err := programs()[name](t.Context(), path, queries, time.Hour); err != nil {
					t.Error(err)
				}
			})
			if most.Load() != want {
				t.Errorf("most queries asleep at once = %d, want %d", most.Load(), want)
			}
		})
	}
}

// Each query takes its time, and one after the other they take the sum.
func TestAQueryTakesItsTime(t *testing.T) {
	const queries, each = 3, 50 * time.Millisecond
	path := serve(t)
	start := time.Now()
	lessontest.Output(t, func() {
		if err := Sequential(t.Context(), path, queries, each); err != nil {
			t.Error(err)
		}
	})
	if elapsed := time.Since(start); elapsed < queries*each {
		t.Errorf("elapsed = %v, want %v or more", elapsed, queries*each)
	}
}

func TestSeveralRunsReadOneFileAtOnce(t *testing.T) {
	path := serve(t)
	lines := lessontest.Output(t, func() {
		var wg sync.WaitGroup
		for name, program := range programs() {
			wg.Go(func() {
				if err := program(t.Context(), path, 6, time.Millisecond); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
	})
	if len(lines) != 3*6 {
		t.Errorf("%d lines, want 18:\n%s", len(lines), strings.Join(lines, "\n"))
	}
}

func TestAQueryThatFailsIsReported(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing.db")
	for name, program := range programs() {
		t.Run(name, func(t *testing.T) {
			var err error
			lines := lessontest.Output(t, func() { err = program(t.Context(), missing, 2, 0) })
			if err == nil || err.Error() != "2 of 2 queries failed, the first: "+strings.TrimPrefix(lines[0], "query 1 failed: ") {
				t.Errorf("error = %v, want: 2 of 2 queries failed, the first: as in %q", err, lines)
			}
			if len(lines) != 2 || !strings.HasPrefix(lines[0], "query 1 failed: ") || !strings.HasPrefix(lines[1], "query 2 failed: ") {
				t.Errorf("output = %q", lines)
			}
		})
	}
}

func TestACancelledRunEndsAfterTheQueriesUnderWay(t *testing.T) {
	path := serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, program := range programs() {
		lessontest.Output(t, func() {
			if err := program(ctx, path, 3, time.Hour); err == nil {
				t.Errorf("%s: no error though it was cancelled", name)
			}
		})
	}
}

func TestCloseRemovesTheDatabase(t *testing.T) {
	file, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file.Path); err != nil {
		t.Error(err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(file.Path)); !os.IsNotExist(err) {
		t.Errorf("stat of the directory: %v, want that it does not exist", err)
	}
}

func TestTitlesDiffer(t *testing.T) {
	all := titles()
	sorted := slices.Sorted(slices.Values(all[:]))
	if got := len(slices.Compact(sorted)); got != books || sorted[0] == "" {
		t.Errorf("%d different titles, want %d", got, books)
	}
}

func TestSleepTakesSecondsAndNothingElse(t *testing.T) {
	for _, seconds := range []driver.Value{0.001, int64(0)} {
		if v, err := sleep(nil, []driver.Value{seconds}); v != int64(1) || err != nil {
			t.Errorf("sleep(%v) = %v, %v", seconds, v, err)
		}
	}
	if _, err := sleep(nil, []driver.Value{"long"}); err == nil {
		t.Error("sleep(long): no error")
	}
}

// What the lesson says of idle connections: two are kept, and others that are
// given back are closed.
func TestTwoIdleConnectionsAreKept(t *testing.T) {
	file, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, tt := range []struct{ idle, closed int }{{0, 4}, {6, 0}} {
		db, err := open(file.Path)
		if err != nil {
			t.Fatal(err)
		}
		if tt.idle > 0 {
			db.SetMaxIdleConns(tt.idle)
		}
		var held []*sql.Conn
		for range 6 {
			conn, err := db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			held = append(held, conn)
		}
		for _, conn := range held {
			conn.Close()
		}
		if got := int(db.Stats().MaxIdleClosed); got != tt.closed {
			t.Errorf("SetMaxIdleConns(%d): %d of 6 connections were closed, want %d", tt.idle, got, tt.closed)
		}
		db.Close()
	}
}
