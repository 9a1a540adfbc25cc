package timeline

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/trace"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gosyncio/lessons/eventloop"
	"gosyncio/lessons/lessontest"
	"gosyncio/lessons/tasks"
	"gosyncio/runner/child"
)

// own are the lessons' goroutines.
var own = Own{Functions: []string{"gosyncio/lessons/"}, Starters: []string{"sync."}}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// record runs program between the marks, with the Go runtime's tracer on,
// and returns the trace and how long the program took.
func record(t testing.TB, program func(context.Context) error) (events []byte, elapsed time.Duration) {
	t.Helper()
	stdout := os.Stdout
	devNull, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout = devNull
	defer func() { os.Stdout = stdout; devNull.Close() }()
	var b bytes.Buffer
	if err := trace.Start(&b); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	trace.Log(ctx, child.MarkCategory, child.MarkStart)
	start := time.Now()
	err = program(ctx)
	elapsed = time.Since(start)
	trace.Log(ctx, child.MarkCategory, child.MarkEnd)
	trace.Stop()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), elapsed
}

// read builds a timeline from a trace.
func read(t testing.TB, events []byte, elapsed time.Duration) []Lane {
	t.Helper()
	var tl Timeline
	if err := tl.ReadGo(bytes.NewReader(events), own, func() {}); err != nil {
		t.Fatal(err)
	}
	tl.Finish(elapsed)
	lanes := tl.Snapshot()
	for _, lane := range lanes {
		if err := inOrder(lane); err != nil {
			t.Error(err)
		}
	}
	return lanes
}

// recorded are the lanes of a run of program.
func recorded(t testing.TB, program func(context.Context) error) []Lane {
	t.Helper()
	events, elapsed := record(t, program)
	return read(t, events, elapsed)
}

// inOrder is an error if spans overlap, are empty, or run backwards.
func inOrder(lane Lane) error {
	var end time.Duration
	for i := range lane.Len() {
		s := lane.Span(i)
		if s.Start < end || s.End <= s.Start {
			return fmt.Errorf("lane %s, span %d: %v to %v after %v", lane.Name, i, s.Start, s.End, end)
		}
		end = s.End
	}
	return nil
}

// slept is how long a lane waited for sleep.
func slept(lane Lane) (total time.Duration) {
	for s := range lane.Spans() {
		if s.State == Waiting && s.Reason() == "sleep" {
			total += s.End - s.Start
		}
	}
	return total
}

func names(lanes []Lane) (names []string) {
	for _, lane := range lanes {
		names = append(names, lane.Name)
	}
	return names
}

// most is half of d: a goroutine that sleeps for d is asleep for a little
// less, as the time counts from the call, and for much less on a busy machine.
func most(d time.Duration) time.Duration { return d / 2 }

const a, b = 40 * time.Millisecond, 20 * time.Millisecond

func TestSequentialWorkersHaveLanesOneAfterTheOther(t *testing.T) {
	lanes := recorded(t, func(ctx context.Context) error { return tasks.Sequential(ctx, a, b) })
	if !slices.Equal(names(lanes), []string{"A", "B"}) {
		t.Fatalf("lanes = %q, want A and B", names(lanes))
	}
	if slept(lanes[0]) < most(a) || slept(lanes[1]) < most(b) {
		t.Errorf("slept %v and %v, want %v and %v", slept(lanes[0]), slept(lanes[1]), a, b)
	}
	endOfA := lanes[0].Span(lanes[0].Len() - 1).End
	if startOfB := lanes[1].Span(0).Start; startOfB < endOfA {
		t.Errorf("B starts at %v, before A ends at %v", startOfB, endOfA)
	}
}

// inVirtualTime is program in virtual time, in which nobody is late: all who
// sleep do so before the time moves on.
func inVirtualTime(t *testing.T, program func(context.Context) error) func(context.Context) error {
	return func(context.Context) error {
		lessontest.InVirtualTime(t, program)
		return nil
	}
}

func TestConcurrentWorkersSleepAtTheSameTime(t *testing.T) {
	lanes := recorded(t, inVirtualTime(t, func(ctx context.Context) error { return tasks.Concurrent(ctx, a, b) }))
	if !slices.Equal(names(lanes), []string{"A", "B"}) {
		t.Fatalf("lanes = %q, want A and B", names(lanes))
	}
	if lanes[0].Span(0).State != Ready {
		t.Errorf("A begins %v, want ready: its goroutine was made and waits for a CPU", lanes[0].Span(0).State)
	}
	var asleep []Span
	for _, lane := range lanes {
		spans := slices.Collect(lane.Spans())
		i := slices.IndexFunc(spans, func(s Span) bool { return s.Reason() == "sleep" })
		if i < 0 {
			t.Fatalf("%s never sleeps", lane.Name)
		}
		asleep = append(asleep, spans[i])
	}
	if max(asleep[0].Start, asleep[1].Start) >= min(asleep[0].End, asleep[1].End) {
		t.Errorf("A sleeps from %v to %v, B from %v to %v; want it at the same time", asleep[0].Start, asleep[0].End, asleep[1].Start, asleep[1].End)
	}
	if where := asleep[0].Where(); !strings.HasPrefix(where, "tasks.go:") {
		t.Errorf("A sleeps at %q, want a line of tasks.go", where)
	}
}

// A goroutine with an outer and an inner region has a lane for each. The
// outer one goes on while the inner one is open, and does the same.
func TestAnOuterRegionGoesOn(t *testing.T) {
	lanes := recorded(t, inVirtualTime(t, func(ctx context.Context) error { return eventloop.Loop(ctx, b, b/2, a) }))
	if !slices.Equal(names(lanes), []string{"loop", "b", "a", "c"}) {
		t.Fatalf("lanes = %q, want loop, b, a, c", names(lanes))
	}
	if slept(lanes[0]) == 0 {
		t.Error("loop never slept")
	}
	for _, callback := range lanes[1:] {
		for span := range callback.Spans() {
			middle := span.Start + (span.End-span.Start)/2
			outer, ok := lanes[0].At(middle)
			if !ok || outer.State != span.State || outer.Reason() != span.Reason() {
				t.Errorf("at %v %s is %v, and loop %v (%v)", middle, callback.Name, span.State, outer.State, ok)
			}
		}
	}
}

func TestNothingOutsideTheMarksIsRecorded(t *testing.T) {
	var buf bytes.Buffer
	if err := trace.Start(&buf); err != nil {
		t.Fatal(err)
	}
	lessontest.Output(t, func() { tasks.Concurrent(context.Background(), 1, 1) })
	trace.Log(context.Background(), child.MarkCategory, child.MarkStart)
	trace.Log(context.Background(), child.MarkCategory, child.MarkEnd)
	lessontest.Output(t, func() { tasks.Concurrent(context.Background(), 1, 1) })
	trace.Stop()
	if lanes := read(t, buf.Bytes(), time.Second); len(lanes) != 0 {
		t.Errorf("lanes = %q, want none", names(lanes))
	}
}

// A program that dies leaves a trace without an end. Between two batches of
// events, the end cannot be told from one that was meant; within a batch, as
// before the last byte, it can.
func TestATraceThatBreaksOffLeavesWhatWasRead(t *testing.T) {
	events, elapsed := record(t, func(ctx context.Context) error { return tasks.Sequential(ctx, a, b) })
	const pieces = 50
	for i := range pieces {
		var tl Timeline
		_ = tl.ReadGo(bytes.NewReader(events[:i*len(events)/pieces]), own, func() {})
		tl.Finish(elapsed)
		for _, lane := range tl.Snapshot() {
			if err := inOrder(lane); err != nil {
				t.Errorf("%d of %d: %v", i, pieces, err)
			}
		}
	}
	var tl Timeline
	if err := tl.ReadGo(bytes.NewReader(events[:len(events)-1]), own, func() {}); err == nil {
		t.Error("no error for a trace without its last byte")
	}
}

func TestFinishEndsOpenSpansAndCutsOffLaterOnes(t *testing.T) {
	none := &cause{}
	running := func(start, end time.Duration) Span { return Span{State: Running, Start: start, End: end, cause: none} }
	x := NewLane("x", running(1, 5), Span{State: Waiting, Start: 5, End: Open, cause: none})
	y := NewLane("y", running(8, 12), running(12, Open))
	tl := Timeline{lanes: []*Lane{&x, &y}}
	before := tl.Snapshot()
	tl.Finish(10)
	lanes := tl.Snapshot()
	if end := lanes[0].Span(1).End; end != 10 {
		t.Errorf("open span ends at %d, want 10", end)
	}
	if n, end := lanes[1].Len(), lanes[1].Span(0).End; n != 1 || end != 10 {
		t.Errorf("%d spans, the first to %d; want one, to 10", n, end)
	}
	if n, end := before[1].Len(), before[1].Span(0).End; n != 2 || end != 12 {
		t.Errorf("the snapshot from before has %d spans, the first to %d; want two, to 12", n, end)
	}
}

// A snapshot is what it was however the lane goes on.
func TestASnapshotDoesNotChange(t *testing.T) {
	var tl Timeline
	none := &cause{}
	lane := tl.newLane("x")
	var snapshots [][]Lane
	for i := range 3 * usualSpans {
		lane.begin(Running, none, time.Duration(2*i))
		tl.snapshot = nil
		snapshots = append(snapshots, tl.Snapshot())
		if i%3 == 0 {
			lane.end(time.Duration(2 * i)) // is taken back
			continue
		}
		lane.end(time.Duration(2*i + 1))
	}
	closed := 0
	for i, snapshot := range snapshots {
		if n, last := snapshot[0].Len(), snapshot[0].Span(closed); n != closed+1 || last.End != Open || last.Start != time.Duration(2*i) {
			t.Errorf("snapshot %d has %d spans, the last from %d to %d", i, n, last.Start, last.End)
		}
		if i%3 != 0 {
			closed++
		}
	}
}

func TestSnapshotsWhileATimelineIsBuilt(t *testing.T) {
	var tl Timeline
	built := make(chan struct{})
	go func() {
		defer close(built)
		b := tl.Asyncio()
		for i := range 3000 {
			b.Add(AsyncioEvent{At: time.Duration(i), Task: i % 10, Event: []string{"run", "wait"}[i/10%2], Name: "x"})
		}
		tl.Finish(3000)
	}()
	for building := true; building; {
		select {
		case <-built:
			building = false
		default:
		}
		for _, lane := range tl.Snapshot() {
			if err := inOrder(lane); err != nil {
				t.Fatal(err)
			}
		}
	}
	first, second := tl.Snapshot(), tl.Snapshot()
	if len(first) != 10 || &first[0] != &second[0] {
		t.Errorf("%d lanes, want 10, and the same while nothing changes", len(first))
	}
}

func TestAt(t *testing.T) {
	none := &cause{}
	lane := NewLane("x", Span{Start: 2, End: 4, cause: none}, Span{State: Waiting, Start: 6, End: Open, cause: none})
	for at, want := range map[time.Duration]struct {
		state State
		ok    bool
	}{1: {0, false}, 2: {Running, true}, 3: {Running, true}, 4: {0, false}, 6: {Waiting, true}, 1000: {Waiting, true}} {
		if span, ok := lane.At(at); ok != want.ok || ok && span.State != want.state {
			t.Errorf("at %d: %v, %v; want %v, %v", at, span.State, ok, want.state, want.ok)
		}
	}
}

// Bytes from a child are never trusted: whatever they are, reading ends,
// with spans that are in order.
func FuzzReadGo(f *testing.F) {
	events, _ := record(f, func(ctx context.Context) error { return tasks.Concurrent(ctx, time.Millisecond, time.Millisecond) })
	f.Add(events)
	f.Add(events[:len(events)/3])
	f.Add([]byte("go 1.26 trace\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var tl Timeline
		tl.ReadGo(bytes.NewReader(data), own, func() {}) // an error is as good as none
		tl.Finish(time.Second)
		for _, lane := range tl.Snapshot() {
			if err := inOrder(lane); err != nil {
				t.Error(err)
			}
		}
	})
}
