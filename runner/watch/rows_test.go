package watch

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/follow"
	"gosyncio/runner/timeline"
)

const ms = time.Millisecond

// lane is one that waits from a time on, in a program of the learner's own.
func lane(name string, number int, start, end time.Duration) timeline.Lane {
	l := timeline.NewLane(name, timeline.NewSpan(timeline.Waiting, start, end, "sleep", "main.go:7"))
	l.Origin = &timeline.Origin{ID: int64(100 + number), Number: number, Function: "main." + name, By: "main", Started: "main.go:3", At: start}
	return l
}

func library(name string) timeline.Lane {
	l := lane(name, 1, 0, timeline.Open)
	l.Origin.Library = true
	return l
}

// several are lanes of one name.
func several(name string, count int) (lanes []timeline.Lane) {
	for i := range count {
		lanes = append(lanes, lane(name, i+1, 0, timeline.Open))
	}
	return lanes
}

// names are the rows in words: what is folded in brackets.
func names(rows []row) (names []string) {
	for _, r := range rows {
		switch {
		case r.fold && r.open:
			names = append(names, "["+r.name+"] open")
		case r.fold:
			names = append(names, "["+r.name+"]")
		case r.inner:
			names = append(names, "- "+r.name)
		default:
			names = append(names, r.name)
		}
	}
	return names
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		name   string
		lanes  []timeline.Lane
		filter string
		opened map[string]bool
		want   []string
	}{
		{"nothing", nil, "", nil, nil},
		{"a lane of a name", []timeline.Lane{lane("main", 1, 0, timeline.Open)}, "", nil, []string{"main"}},
		{"few of a name", slices.Concat(several("main", 1), several("worker", 3)), "", nil, []string{"main", "worker 1", "worker 2", "worker 3"}},
		{"the second of a name, the first being gone", several("worker", 2)[1:], "", nil, []string{"worker 2"}},
		{"many of a name", several("worker", 7), "", nil, []string{"[worker ×7]"}},
		{"the library's last", slices.Concat([]timeline.Lane{library("http.serve"), library("net.poll")}, several("main", 1)), "", nil, []string{"main", "[" + follow.Library + " ×2]"}},
		{"the library's opened", []timeline.Lane{library("http.serve")}, "", map[string]bool{follow.Library: true}, []string{"[" + follow.Library + " ×1] open", "- http.serve 1"}},
		{"a group opened", several("worker", 7), "", map[string]bool{"worker": true}, []string{"[worker ×7] open", "- worker 1", "- worker 2", "- worker 3", "- worker 4", "- worker 5", "- worker 6", "- worker 7"}},
		{"a group folded", several("worker", 2), "", map[string]bool{"worker": false}, []string{"[worker ×2]"}},
		{"filtered by name", slices.Concat(several("main", 1), several("Worker", 2)), "work", nil, []string{"Worker 1", "Worker 2"}},
		{"filtered by what they wait for", several("main", 1), "SLEEP", nil, []string{"main"}},
		{"filtered by where", several("main", 1), "go:7", nil, []string{"main"}},
		{"nothing passes", several("main", 1), "nobody", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFolding()
			f.filter = c.filter
			if c.opened != nil {
				f.opened = c.opened
			}
			if diff := cmp.Diff(c.want, names(f.rows(c.lanes))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatComesAndGoesDoesNotChangeThePictureAllTheTime(t *testing.T) {
	f := newFolding()
	var got []int
	for _, n := range []int{6, 7, 6, 5, 4, 5, 6, 7} {
		got = append(got, len(f.rows(several("worker", n))))
	}
	if want := []int{6, 1, 1, 1, 4, 5, 6, 1}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestNamesKeepTheirOrder(t *testing.T) {
	f := newFolding()
	f.rows(slices.Concat(several("a", 1), several("b", 1)))
	got := names(f.rows(slices.Concat(several("c", 1), several("b", 1), several("a", 1))))
	if want := []string{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestAnOpenedGroupHasTheLastOfVeryMany(t *testing.T) {
	f := newFolding()
	f.opened["worker"] = true
	rows := f.rows(several("worker", 1000))
	if got, want := len(rows), mostOpen+1; got != want {
		t.Fatalf("%d rows, want %d", got, want)
	}
	if got := rows[len(rows)-1].name; got != "worker 1000" {
		t.Errorf("the last is %q", got)
	}
}

func TestCount(t *testing.T) {
	span := func(state timeline.State, reason string) timeline.Lane {
		return timeline.NewLane("worker", timeline.NewSpan(state, 0, timeline.Open, reason, ""))
	}
	running, ready := span(timeline.Running, ""), span(timeline.Ready, "")
	sleeps, receives := span(timeline.Waiting, "sleep"), span(timeline.Waiting, "chan receive")
	for _, c := range []struct {
		lanes []timeline.Lane
		want  string
	}{
		{nil, "none now"},
		{[]timeline.Lane{lane("gone", 1, 0, 5*ms)}, "none now"},
		{[]timeline.Lane{running}, "1 running"},
		{[]timeline.Lane{sleeps, sleeps}, "2 waiting: sleep"},
		{[]timeline.Lane{sleeps, running, receives, ready, receives}, "1 running, 1 ready, 3 waiting: 2 chan receive, 1 sleep"},
	} {
		if got := count(c.lanes, 10*ms); got != c.want {
			t.Errorf("count = %q, want %q", got, c.want)
		}
	}
}

func TestWindowFollows(t *testing.T) {
	for _, c := range []struct {
		name         string
		window       window
		now, since   time.Duration
		ended        bool
		from, length time.Duration
	}{
		{"a run that has just begun", newWindow(), 10 * ms, 0, false, 0, time.Second},
		{"it grows", newWindow(), 3 * time.Second, 0, false, 0, 5 * time.Second},
		{"and then follows", newWindow(), 25 * time.Second, 0, false, 15 * time.Second, 10 * time.Second},
		{"one that has ended is whole", newWindow(), 25 * time.Second, 0, true, 0, 25 * time.Second},
		{"as far as it is known", newWindow(), 25 * time.Second, 5 * time.Second, true, 5 * time.Second, 20 * time.Second},
		{"as long as it was chosen", window{length: time.Second, held: -1, chosen: true}, 25 * time.Second, 0, true, 24 * time.Second, time.Second},
		{"held", window{length: 10 * time.Second, held: 12 * time.Second}, 25 * time.Second, 0, false, 2 * time.Second, 10 * time.Second},
		{"one that has done nothing", newWindow(), 0, 0, true, 0, 10 * ms},
	} {
		from, length := c.window.bounds(c.now, c.since, c.ended)
		if from != c.from || length != c.length {
			t.Errorf("%s: %v for %v, want %v for %v", c.name, from, length, c.from, c.length)
		}
	}
}

func TestWindowMovesWhereThereIsSomething(t *testing.T) {
	const now, length = 60 * time.Second, 10 * time.Second
	w := newWindow()
	steps := []struct {
		part  float64
		since time.Duration
		want  time.Duration
	}{
		{-0.1, 0, 59 * time.Second},
		{-0.9, 0, 50 * time.Second},
		{0.5, 0, 55 * time.Second},
		{-100, 0, 0},                               // to the start
		{0, 30 * time.Second, 30 * time.Second},    // which is no more known
		{-1, 30 * time.Second, 30 * time.Second},   // no further
		{1000, 30 * time.Second, 60 * time.Second}, // to the end
	}
	for _, s := range steps {
		if w.move(s.part, length, s.since, now); w.held != s.want {
			t.Errorf("moved by %v: held at %v, want %v", s.part, w.held, s.want)
		}
	}
	if w.hold(now); w.holds() {
		t.Error("it still stands still")
	}
}

func TestZoom(t *testing.T) {
	w := newWindow()
	for _, c := range []struct {
		longer bool
		shown  time.Duration
		want   time.Duration
	}{
		{true, 10 * time.Second, 20 * time.Second},
		{false, 20 * time.Second, 10 * time.Second},
		{false, 790 * ms, 500 * ms}, // of a run that is shown as a whole
		{true, 790 * ms, time.Second},
		{false, 10 * ms, time.Second}, // there is none shorter
		{true, time.Hour, time.Second},
	} {
		if w.zoom(c.longer, c.shown); w.length != c.want {
			t.Errorf("zoom(%v, %v): %v, want %v", c.longer, c.shown, w.length, c.want)
		}
	}
}
