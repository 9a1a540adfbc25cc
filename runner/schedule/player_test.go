package schedule

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/schedules"
	engine "gosyncio/lessons/verify/schedule"
)

// TestMain is the child, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		os.Exit(Child(os.Args[2:], os.Stdout))
	}
	os.Exit(m.Run())
}

// player runs children; those with the race detector end without a pause.
func player() Player { return NewPlayer(append(os.Environ(), "GORACE=atexit_sleep_ms=0")) }

// Each program can be broken in some orders and not in others; mended it
// holds in all of them. The order that breaks it can be made by hand.
func TestAllOrders(t *testing.T) {
	t.Parallel()
	for _, p := range schedules.All() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			broken, err := player().All(t.Context(), p.Name, false)
			if err != nil || broken.More || broken.Reached == 0 || broken.Reached == broken.Orders {
				t.Errorf("broken: %+v, %v", broken, err)
			}
			again, err := player().All(t.Context(), p.Name, false)
			if diff := cmp.Diff(broken, again); err != nil || diff != "" {
				t.Errorf("another time: %v\n%s", err, diff)
			}
			mended, err := player().All(t.Context(), p.Name, true)
			if err != nil || mended.More || mended.Reached != 0 || mended.Orders < 2 || mended.Example != nil {
				t.Errorf("mended: %+v, %v", mended, err)
			}

			end, err := player().After(t.Context(), p.Name, false, broken.Example)
			if err != nil || end.Outcome == nil || !p.Reached(*end.Outcome) || len(end.At) > 0 {
				t.Fatalf("by hand: %+v, %v", end, err)
			}
			for _, n := range []int{0, len(broken.Example) / 2, len(broken.Example) - 1} {
				before, err := player().After(t.Context(), p.Name, false, broken.Example[:n])
				if err != nil || before.Outcome != nil || len(before.Steps) != n || !slices.Equal(before.Steps, end.Steps[:n]) ||
					before.At[broken.Example[n]] != end.Steps[n] || before.State == "" {
					t.Errorf("after %d: %+v, %v", n, before, err)
				}
			}
		})
	}
}

// A seed is the same every time, and some seed reaches the goal.
func TestSeeds(t *testing.T) {
	t.Parallel()
	p := schedules.All()[0]
	reached := 0
	for seed := range uint64(20) {
		first, err := player().Seed(t.Context(), p.Name, false, seed)
		if err != nil {
			t.Fatal(err)
		}
		again, err := player().Seed(t.Context(), p.Name, false, seed)
		if diff := cmp.Diff(first, again); err != nil || diff != "" {
			t.Errorf("seed %d: %v\n%s", seed, err, diff)
		}
		if p.Reached(*first.Outcome) {
			reached++
		}
	}
	if reached == 0 || reached == 20 {
		t.Errorf("%d of 20 seeds reach the goal", reached)
	}
}

// Who waits is told with where, until the end and in it.
func TestWhoWaits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		choices []int
		want    []engine.Step
	}{
		{[]int{0, 0, 0}, []engine.Step{{Goroutine: 0, Line: 23}}},
		{[]int{0, 0, 0, 1}, []engine.Step{{Goroutine: 0, Line: 23}}},
		{[]int{0, 0, 0, 1, 0, 0}, []engine.Step{{Goroutine: 0, Line: 23}, {Goroutine: 1, Line: 28}, {Goroutine: 2, Line: 28}}},
	} {
		r, err := player().After(t.Context(), "lockorder", false, tt.choices)
		if err != nil || !slices.Equal(r.Waits, tt.want) {
			t.Errorf("after %v: %+v, %v; want %v", tt.choices, r, err, tt.want)
		}
	}
}

func TestWrongChoices(t *testing.T) {
	t.Parallel()
	if _, err := player().After(t.Context(), "lostupdate", false, []int{7}); err == nil {
		t.Error("no error")
	}
	if _, err := player().All(t.Context(), "nosuch", false); err == nil {
		t.Error("no error")
	}
}

// BenchmarkSchedules runs the lost update in all of its orders, and again,
// until there were a thousand: 100 ms are what that may take.
func BenchmarkSchedules(b *testing.B) {
	for b.Loop() {
		for orders := 0; orders < 1000; {
			r, err := player().All(b.Context(), "lostupdate", false)
			if err != nil {
				b.Fatal(err)
			}
			orders += r.Orders
		}
	}
}
