package export

import (
	"context"
	"os"
	"runtime/trace"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/player"
)

// asNested makes this binary the program nested instead of a test.
const asNested = "GOSYNCIO_TEST_NESTED"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	if os.Getenv(asNested) != "" {
		os.Exit(child.Run(child.Options{}, nested))
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // or each child with -race takes a second to end
	goleak.VerifyTestMain(m)
}

// nested has regions within each other, in three goroutines at once.
func nested(ctx context.Context) error {
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			defer trace.StartRegion(ctx, "outer").End()
			for range 2 {
				trace.WithRegion(ctx, "inner", func() {
					time.Sleep(time.Millisecond)
					trace.WithRegion(ctx, "innermost", func() { time.Sleep(time.Millisecond) })
				})
			}
		})
	}
	all.Wait()
	return nil
}

// played are runs of a lesson, as it compares them, that have ended.
func played(t *testing.T, id string) player.Snapshot {
	t.Helper()
	lesson, err := lessons.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	setup := player.Setup{Lesson: lesson, Values: lesson.Defaults()}
	for _, name := range []string{"a", "b"} {
		if setup.Values, err = setup.Values.With(name, "10ms"); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range lesson.Compared {
		variant, err := lesson.Variant(name)
		if err != nil {
			t.Fatal(err)
		}
		setup.Parts = append(setup.Parts, player.Part{Variant: variant})
	}
	return play(t, player.New(os.Environ()), setup)
}

// playedNested is a run of nested that has ended.
func playedNested(t *testing.T) player.Snapshot {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	variant := lessons.Variant{Name: "nested", Ideal: func(lessons.Values) time.Duration { return 0 }}
	program := &player.Program{Path: path, Package: "gosyncio/runner/export", Source: []byte("package export")}
	return play(t, player.New(append(os.Environ(), asNested+"=1")), player.Setup{Lesson: lessons.Lesson{ID: "nested"}, Parts: []player.Part{{Variant: variant, Program: program}}})
}

func play(t *testing.T, p *player.Player, setup player.Setup) player.Snapshot {
	t.Helper()
	c, err := p.Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	s := c.Snapshot()
	for _, run := range s.Runs {
		if run.Status.Err != "" {
			t.Fatalf("%s: %s", run.Job.Variant.Name, run.Status.Err)
		}
	}
	return s
}
