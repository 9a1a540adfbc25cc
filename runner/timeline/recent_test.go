package timeline

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// A forgetful is a timeline that keeps what came last, and its clock.
type forgetful struct {
	Timeline
	now   time.Duration
	none  cause
	begun int
}

func newForgetful() *forgetful {
	f := &forgetful{}
	f.Recent()
	return f
}

// started is a new lane that runs.
func (f *forgetful) started() *Lane {
	f.begun++
	f.change()
	lane := f.newLane(fmt.Sprint(f.begun))
	lane.begin(Running, &f.none, f.now)
	return lane
}

// turns ends what a lane does, and begins something else so much later.
func (f *forgetful) turns(lane *Lane, after time.Duration) {
	f.change()
	f.now += after
	lane.end(f.now)
	lane.begin(Waiting, &f.none, f.now)
}

func (f *forgetful) ends(lane *Lane, after time.Duration) {
	f.change()
	f.now += after
	lane.end(f.now)
}

// check checks what must hold at any time, with so many lanes that have not
// ended.
func (f *forgetful) check(t *testing.T, living int) {
	t.Helper()
	spans, open := 0, 0
	for _, lane := range f.Snapshot() {
		last := time.Duration(-1)
		for span := range lane.Spans() {
			if span.Start < last || span.End <= span.Start {
				t.Fatalf("lane %s has a span from %v to %v behind %v", lane.Name, span.Start, span.End, last)
			}
			last = span.End
		}
		if last == Open {
			open++
		} else if lane.Len() > 0 && last <= f.Since() {
			t.Fatalf("lane %s had ended at %v, known is what came since %v", lane.Name, last, f.Since())
		}
		spans += len(lane.closed)
	}
	if spans != f.spans {
		t.Fatalf("there are %d spans, and %d counted", spans, f.spans)
	}
	if open != living {
		t.Fatalf("%d lanes have not ended, want %d", open, living)
	}
	if most := max(recentLanes, 2*living); len(f.lanes) > most {
		t.Fatalf("%d lanes, %d of them have not ended", len(f.lanes), living)
	}
	if f.spans > recentSpans {
		t.Fatalf("%d spans", f.spans)
	}
	if f.Cut() {
		t.Fatal("something was cut")
	}
}

// few is how many of a number are enough in a short test.
func few(n int) int {
	if testing.Short() {
		return n / 5
	}
	return n
}

// Of millions of lanes those are there that came last, and what has not ended.
func TestRecentLanes(t *testing.T) {
	t.Parallel()
	f := newForgetful()
	first := f.started()
	var since time.Duration
	for i := range few(2_000_000) {
		f.ends(f.started(), time.Millisecond)
		if i%100_000 == 0 {
			f.check(t, 1)
			if s := f.Since(); s < since || s > f.now {
				t.Fatalf("what came since %v is known, after %v", s, since)
			}
			since = f.Since()
		}
	}
	if back := f.now - f.Since(); back < recentLanes/4*time.Millisecond || back > recentLanes*time.Millisecond {
		t.Errorf("known is what came in the last %v", back)
	}
	f.turns(first, time.Millisecond)
	if first.forgotten || first.Len() != 2 || first.Span(0).Start != 0 {
		t.Errorf("the first has %d spans", first.Len())
	}
	if f.recent.work > 20*f.begun {
		t.Errorf("looked at %d lanes for %d", f.recent.work, f.begun)
	}
}

// Of millions of spans in few lanes those are there that came last.
func TestRecentSpans(t *testing.T) {
	t.Parallel()
	f := newForgetful()
	lanes := []*Lane{f.started(), f.started(), f.started()}
	idle := f.started()
	for i := range few(2_000_000) {
		f.turns(lanes[i%len(lanes)], time.Millisecond)
	}
	f.check(t, 4)
	if back := f.now - f.Since(); back < recentSpans/4*time.Millisecond || back > recentSpans*time.Millisecond {
		t.Errorf("known is what came in the last %v", back)
	}
	if idle.forgotten || idle.Len() != 1 {
		t.Error("what did nothing has been forgotten")
	}
	if f.recent.work > 1000 {
		t.Errorf("looked at %d lanes", f.recent.work)
	}
}

// Very many that have not ended are all kept, with what they did and those that
// come and go beside them, and it is not looked at all of them for each.
func TestRecentLiving(t *testing.T) {
	t.Parallel()
	for _, living := range []int{40_000, 60_000, 140_000} {
		f := newForgetful()
		var all []*Lane
		for range living {
			all = append(all, f.started())
			f.now += time.Millisecond
		}
		if f.Since() != 0 {
			t.Errorf("of %d lanes that have not ended what was before %v is forgotten", living, f.Since())
		}
		turned := f.now
		for range 100_000 {
			f.ends(f.started(), time.Millisecond)
		}
		if living < mostLanes/2 { // else there is no room for as many again
			f.check(t, living)
		}
		if back := f.now - f.Since(); back < 2*time.Second && f.now-turned > back {
			t.Errorf("with %d lanes that have not ended known is what came in the last %v", living, back)
		}
		if slices.ContainsFunc(all, func(lane *Lane) bool { return lane.forgotten }) {
			t.Errorf("of %d lanes that have not ended one is forgotten", living)
		}
		if f.recent.work > 50*f.begun {
			t.Errorf("with %d lanes that have not ended it looked at %d for %d", living, f.recent.work, f.begun)
		}
		for _, lane := range all {
			f.ends(lane, 0)
		}
		for range 2 * recentLanes {
			f.ends(f.started(), time.Millisecond)
		}
		if n := len(f.lanes); n > 2*recentLanes {
			t.Errorf("when %d had ended there were %d lanes", living, n)
		}
	}
}

// A lane that seemed to have ended may go on.
func TestRecentGoesOn(t *testing.T) {
	t.Parallel()
	f := newForgetful()
	lane := f.started()
	f.ends(lane, time.Millisecond)
	for range 2 * recentLanes {
		f.ends(f.started(), time.Millisecond)
	}
	if !lane.forgotten {
		t.Fatal("it is still there")
	}
	f.change()
	lane.begin(Ready, &f.none, f.now)
	f.turns(lane, time.Millisecond)
	f.check(t, 1)
	if lane.Len() != 2 {
		t.Errorf("it has %d spans", lane.Len())
	}
}

// A window has the lanes that were there in it.
func TestWindow(t *testing.T) {
	t.Parallel()
	f := newForgetful()
	whole := f.started() // 1
	f.ends(f.started(), time.Second)
	f.ends(f.started(), time.Second)
	f.turns(whole, 0)
	f.ends(f.started(), time.Second)
	names := func(from, to time.Duration) (names []string) {
		for _, lane := range f.Window(from, to) {
			names = append(names, lane.Name)
		}
		return names
	}
	for _, w := range []struct {
		from, to float64
		want     string
	}{
		{0, 1, "[1 2]"}, {0, 1.5, "[1 2 3]"}, {1, 2, "[1 3]"}, {2, 2.5, "[1 4]"}, {1.5, 2.5, "[1 3 4]"}, {3, 9, "[1]"}, {0, 9, "[1 2 3 4]"}, {-1, 0, "[]"},
	} {
		second := float64(time.Second)
		if got := names(time.Duration(w.from*second), time.Duration(w.to*second)); fmt.Sprint(got) != w.want {
			t.Errorf("from %v to %v: %v, want %s", w.from, w.to, got, w.want)
		}
	}
}

// What was taken stays as it was, whatever is forgotten.
func TestRecentSnapshots(t *testing.T) {
	t.Parallel()
	f := newForgetful()
	lanes := []*Lane{f.started(), f.started()}
	for i := range 100_000 {
		f.turns(lanes[i%2], time.Millisecond)
	}
	taken, window := f.Snapshot(), f.Window(0, f.now)
	told := fmt.Sprint(taken[0].Len(), taken[0].Span(0), taken[0].Span(49_999), taken[0].Span(50_000), window[1].Len(), window[1].Span(1_000))
	for i := range 600_000 {
		f.turns(lanes[i%2], time.Millisecond)
		f.ends(f.started(), 0) // has not done anything, and is not kept
	}
	f.check(t, 2)
	if f.Since() == 0 {
		t.Fatal("nothing is forgotten")
	}
	if now := fmt.Sprint(taken[0].Len(), taken[0].Span(0), taken[0].Span(49_999), taken[0].Span(50_000), window[1].Len(), window[1].Span(1_000)); now != told {
		t.Errorf("%s, was %s", now, told)
	}
}
