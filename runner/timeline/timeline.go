// Package timeline is the model of what a program's goroutines, or tasks,
// did and when: lanes of spans, built from a Go execution trace or from
// asyncio's events. It knows nothing of how a timeline is shown.
package timeline

import (
	"sort"
	"sync"
	"time"
)

// State is what a lane was doing.
type State uint8

// The states, as the Go runtime's tracer tells them apart. A task of
// asyncio is ready when it could run but the loop has not come to it.
const (
	Running State = iota // executing on a CPU
	Ready                // could run, waits for a CPU, or the loop
	Waiting              // blocked; the span's reason says on what
	Syscall              // inside a system call
	States               // how many states there are
)

func (s State) String() string {
	return [...]string{"running", "ready", "waiting", "syscall"}[s]
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

// A Lane is one goroutine or task, or one named part of what it did.
type Lane struct {
	Name  string
	Spans []Span // in the order of time, not overlapping; gaps are possible
}

// At is the span that the lane was in at time t, if any. A span holds its
// start and not its end.
func (l Lane) At(t time.Duration) (Span, bool) {
	i := sort.Search(len(l.Spans), func(i int) bool { return l.Spans[i].End > t })
	if i == len(l.Spans) || l.Spans[i].Start > t {
		return Span{}, false
	}
	return l.Spans[i], true
}

// A Timeline is what became known of one run so far. It may be read while
// it is being built.
type Timeline struct {
	mu    sync.Mutex
	lanes []*Lane
}

// New is a timeline with these lanes, which it keeps.
func New(lanes ...*Lane) *Timeline { return &Timeline{lanes: lanes} }

// View calls look with the lanes in the order in which they appeared. They
// do not change until look returns and must not be kept or changed.
func (t *Timeline) View(look func(lanes []*Lane)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	look(t.lanes)
}

// usualSpans is how many spans a lane has that prints, sleeps and prints.
const usualSpans = 10

// newLane adds an empty lane.
func (t *Timeline) newLane(name string) *Lane {
	lane := &Lane{Name: name, Spans: make([]Span, 0, usualSpans)}
	t.lanes = append(t.lanes, lane)
	return lane
}

// Finish ends, at end, the spans that are still open, and cuts off what
// lies after it.
func (t *Timeline) Finish(end time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, lane := range t.lanes {
		for n := len(lane.Spans); n > 0 && lane.Spans[n-1].Start >= end; n-- {
			lane.Spans = lane.Spans[:n-1]
		}
		if n := len(lane.Spans); n > 0 {
			last := &lane.Spans[n-1]
			last.End = min(last.End, end)
		}
	}
}
