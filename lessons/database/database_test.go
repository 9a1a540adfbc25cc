package database

import (
	"context"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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

// The waits of one run are compared with those of another, as the shares
// of a whole that took 12 waits: 12, 6 and 1 of them.
func TestHowManyQueriesSleepAtOnce(t *testing.T) {
	const queries, each = 12, 50 * time.Millisecond
	path := serve(t)
	elapsed := map[string]time.Duration{}
	for name, program := range programs() {
		start := time.Now()
		lessontest.Output(t, func() {
			if err := program(t.Context(), path, queries, each); err != nil {
				t.Error(err)
			}
		})
		elapsed[name] = time.Since(start)
	}
	if elapsed["sequential"] < queries*each || elapsed["bounded"] < queries/2*each || elapsed["concurrent"] < each {
		t.Errorf("elapsed = %v: less than the sleeps take", elapsed)
	}
	if elapsed["concurrent"] >= elapsed["bounded"] || elapsed["bounded"] >= elapsed["sequential"] {
		t.Errorf("elapsed = %v, want concurrent < bounded < sequential", elapsed)
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
			if err == nil || err.Error() != "2 of 2 queries failed" {
				t.Errorf("error = %v, want: 2 of 2 queries failed", err)
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
