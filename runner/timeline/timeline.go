// Package timeline is the model of what a program's goroutines, or tasks,
// did and when: lanes of spans, built from a Go execution trace or from
// asyncio's events. It knows nothing of how a timeline is shown.
package timeline

import (
	"fmt"
	"iter"
	"slices"
	"sort"
	"sync"
	"time"
)

// State is what a lane was doing.
type State uint8

// The states, as the Go runtime's tracer tells them apart. A task of
// asyncio is ready when it could run but the loop has not come to it.
const (
	Running  State = iota // executing on a CPU
	Ready                 // could run, waits for a CPU, or the loop
	Waiting               // blocked; the span's reason says on what
	Syscall               // inside a system call
	Blocking              // holds asyncio's loop and computes nothing: what no callback must do
	States                // how many states there are
)

func (s State) String() string {
	return [...]string{"running", "ready", "waiting", "syscall", "blocking"}[s]
}

// ParseState is the state of that name; ok is false if there is none.
func ParseState(name string) (state State, ok bool) {
	for state := range States {
		if state.String() == name {
			return state, true
		}
	}
	return 0, false
}

// Open is the End of a span that has not ended yet.
const Open = time.Duration(1<<63 - 1)

// A Span is a time in which a lane was in one state. Times count from the
// start signal.
type Span struct {
	State      State
	Start, End time.Duration // End is Open while it lasts
	cause      *cause        // never nil; shared by the spans of one timeline
}

// NewSpan is a span with its reason and place, which may be "".
func NewSpan(state State, start, end time.Duration, reason, where string) Span {
	return Span{State: state, Start: start, End: end, cause: &cause{reason, where}}
}

// Reason is why the lane waited: in Go's words "sleep", "select", "chan
// receive" and so on, in asyncio's "sleep", "socket", "queue"; "" if the
// state needs none.
func (s Span) Reason() string { return s.cause.reason }

// Where is the place in the lesson's file at which the lane waited, such as
// "tasks.go:19"; "" if it is not known.
func (s Span) Where() string { return s.cause.where }

// A cause is why and where a span began. Spans share them: there are few
// causes and may be millions of spans.
type cause struct{ reason, where string }

// A Lane is one goroutine or task, or one named part of what it did, as it
// was at one moment. It never changes and may be kept.
type Lane struct {
	Name string
	// closed are the spans that had ended, in the order of time, not
	// overlapping; gaps are possible. Lanes of several moments share them.
	closed []Span
	// open is the span that had not; its End is Open if there is one.
	open Span
	of   *Timeline // which counts what is in it; nil if nobody does
	// forgotten says that it is no more among the timeline's lanes.
	forgotten bool

	// Origin is where it comes from, in a program of the learner's own; nil
	// in lessons. WokenBy is the ID of the lane that last let it go on from a
	// wait, at WokenAt; 0 is nobody, such as a timer or the network.
	Origin  *Origin
	WokenBy int64
	WokenAt time.Duration
}

// An Origin is where a lane comes from. It never changes.
type Origin struct {
	ID       int64         // of the goroutine or task, which may have several lanes
	Number   int           // among the lanes of its name, from 1
	Function string        // that it began in, with its package
	Library  bool          // nothing of the program's own has been seen in it
	Parent   int64         // the ID of who started it; 0 is unknown
	By       string        // the name of who started it, as it was then; "" is unknown
	Started  string        // the place at which it was started, such as "main.go:12"; "" is unknown
	At       time.Duration // when
}

// NewLane is a lane with these spans, of which only the last may be open.
func NewLane(name string, spans ...Span) Lane {
	lane := Lane{Name: name, closed: spans}
	if n := len(spans); n > 0 && spans[n-1].End == Open {
		lane.closed, lane.open = spans[:n-1], spans[n-1]
	}
	return lane
}

// Len is how many spans the lane has.
func (l Lane) Len() int {
	if l.open.End == Open {
		return len(l.closed) + 1
	}
	return len(l.closed)
}

// Span is the span of that index, counted from 0.
func (l Lane) Span(i int) Span {
	if i == len(l.closed) && l.open.End == Open {
		return l.open
	}
	return l.closed[i]
}

// Spans are the lane's spans in the order of time.
func (l Lane) Spans() iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for _, span := range l.closed {
			if !yield(span) {
				return
			}
		}
		if l.open.End == Open {
			yield(l.open)
		}
	}
}

// Total is how long the lane was in a state, in the spans that had ended.
func (l Lane) Total(state State) (sum time.Duration) {
	for _, span := range l.closed {
		if span.State == state {
			sum += span.End - span.Start
		}
	}
	return sum
}

// At is the span that the lane was in at time t, if any. A span holds its
// start and not its end.
func (l Lane) At(t time.Duration) (Span, bool) {
	i := sort.Search(l.Len(), func(i int) bool { return l.Span(i).End > t })
	if i == l.Len() || l.Span(i).Start > t {
		return Span{}, false
	}
	return l.Span(i), true
}

// A Timeline is what became known of one run so far. Snapshots may be taken
// while it is being built.
type Timeline struct {
	// Now is how far the run has come, by the clock of who watches it. What
	// is said to have happened later is an error. nil is that nobody knows.
	Now func() time.Duration

	mu       sync.Mutex
	lanes    []*Lane
	snapshot []Lane // the last that was taken; nil if something has changed since
	density  Density
	counted  *Density // a copy, likewise
	spans    int      // that have ended
	cut      bool     // there was more than is kept
	recent   recent
	locks    []*Lock       // of a program
	end      time.Duration // what the run told of its own end; 0 is nothing
	latest   time.Duration // what is before it has been checked against Now
}

// How much a timeline keeps, whatever it is told: far more than of any run
// that a lesson makes, and some 200 MB.
const (
	mostLanes  = 150_000
	mostSpans  = 2_000_000
	mostCauses = 10_000
	deepest    = 10_000 // regions, or lanes entered, within each other
)

// Snapshot are the lanes as they are now, in the order in which they
// appeared. They are not to be changed; what is built later does not change
// them either. While nothing changes all snapshots are the same.
func (t *Timeline) Snapshot() []Lane {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.take()
}

// take is Snapshot for who has locked t.
func (t *Timeline) take() []Lane {
	if t.snapshot == nil {
		t.snapshot = make([]Lane, len(t.lanes))
		for i, lane := range t.lanes {
			t.snapshot[i] = *lane
		}
	}
	return t.snapshot
}

// Glance is the lanes that appeared first, at most so many, and how many there
// are. Unlike all of them these are at hand.
func (t *Timeline) Glance(most int) (lanes []Lane, count int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.snapshot != nil || len(t.lanes) <= most {
		return t.take(), len(t.lanes)
	}
	lanes = make([]Lane, most)
	for i := range lanes {
		lanes[i] = *t.lanes[i]
	}
	return lanes, len(t.lanes)
}

// Density is how many lanes were in each state over time, also those that are
// not kept. While nothing changes it is the same.
func (t *Timeline) Density() Density {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counted == nil {
		counted := t.density.clone()
		t.counted = &counted
	}
	return *t.counted
}

// change is called before anything changes: what was taken is no longer how
// it is.
func (t *Timeline) change() { t.snapshot, t.counted = nil, nil }

// Cut reports whether there was more than is kept. The lanes and spans that
// came first are.
func (t *Timeline) Cut() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cut
}

// ClockSlack is how far two clocks, of a run and of who watches it, may be
// apart.
const ClockSlack = time.Second

// check is an error if something is said to have happened before the start,
// or at a time that is yet to come.
func (t *Timeline) check(at time.Duration) error {
	if at > t.latest && t.Now != nil {
		if t.latest = t.Now() + ClockSlack; at > t.latest {
			return fmt.Errorf("it reports what it does at %v, which is yet to come", at)
		}
	}
	if at < -ClockSlack {
		return fmt.Errorf("it reports what it does at %v, before its start", at)
	}
	return nil
}

// usualSpans is how many spans a lane has that prints, sleeps and prints.
const usualSpans = 9

// newLane adds an empty lane. If there are too many it is none of those that
// are kept, but counts.
func (t *Timeline) newLane(name string) *Lane {
	switch {
	case t.recent.pause > 0:
		t.recent.pause--
	case t.recent.lanes > 0 && len(t.lanes) >= t.recent.lanes:
		t.forget()
	}
	if len(t.lanes) >= mostLanes {
		t.cut = true
		return &Lane{Name: name, of: t}
	}
	lane := &Lane{Name: name, closed: make([]Span, 0, usualSpans), of: t}
	t.lanes = append(t.lanes, lane)
	return lane
}

// begin opens a span. The lane must have none that is open.
func (l *Lane) begin(state State, cause *cause, now time.Duration) {
	l.open = Span{State: state, Start: now, End: Open, cause: cause}
	if l.forgotten { // it seemed to have ended
		l.closed = make([]Span, 0, usualSpans)
		l.of.lanes, l.forgotten = append(l.of.lanes, l), false
	}
	if l.of != nil {
		l.of.density.begin(state, now)
	}
}

// end ends the lane's open span, if it has one. A span of no length is taken
// back. A lane that is nil has no spans.
func (l *Lane) end(now time.Duration) {
	if l == nil || l.open.End != Open {
		return
	}
	if l.of != nil {
		l.of.density.end(l.open.State, max(now, l.open.Start))
	}
	if l.open.Start < now && l.hasRoom() {
		l.open.End = now
		l.closed = append(withRoom(l.closed), l.open) // behind what snapshots share
	}
	l.open = Span{}
}

// hasRoom reports whether another span of the lane is kept.
func (l *Lane) hasRoom() bool {
	if l.of != nil && l.of.recent.spans > 0 && l.of.spans >= l.of.recent.spans {
		l.of.forget()
	}
	switch {
	case l.of == nil:
		return true
	case l.of.spans >= mostSpans, cap(l.closed) == 0: // a lane that is not kept has no room from the beginning
		l.of.cut = true
		return false
	}
	l.of.spans++
	return true
}

// withRoom is spans with room for another. It grows by a quarter, and not by
// as much again, as append would: there may be 100,000 lanes of few spans.
func withRoom(spans []Span) []Span {
	const least = 4
	if len(spans) < cap(spans) {
		return spans
	}
	grown := make([]Span, len(spans), len(spans)+max(len(spans)/4, least))
	copy(grown, spans)
	return grown
}

// last is the span that began last, if there is one.
func (l *Lane) last() (Span, bool) {
	n := l.Len()
	if n == 0 {
		return Span{}, false
	}
	return l.Span(n - 1), true
}

// Finish ends, at end, the spans that are still open, and cuts off what
// lies after it. Nothing may be added after that.
func (t *Timeline) Finish(end time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.change()
	for _, lane := range t.lanes {
		lane.end(end)
		for n := len(lane.closed); n > 0 && lane.closed[n-1].Start >= end; n-- {
			lane.closed = lane.closed[:n-1]
		}
		if n := len(lane.closed); n > 0 && lane.closed[n-1].End > end {
			lane.closed = slices.Clone(lane.closed) // snapshots share what there was
			lane.closed[n-1].End = end
		}
	}
}
