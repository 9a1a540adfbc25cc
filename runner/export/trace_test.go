package export

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// The trace is read by others' programs: every byte of it.
func TestTrace(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := Of(tasks(t)).Trace(&b); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"displayTimeUnit":"ms","otherData":{"made_by":"gosyncio","lesson":"tasks","go_version":%q,"python_version":"3.11.7","settings":{"a":"2s","b":"1s"}},"traceEvents":[
{"ph":"M","pid":1,"tid":0,"ts":0.000,"name":"process_name","args":{"name":"tasks sequential · Go"}},
{"ph":"M","pid":1,"tid":0,"ts":0.000,"name":"process_sort_index","args":{"sort_index":1}},
{"ph":"i","pid":1,"tid":1,"ts":0.005,"name":"A \u003cstarted\u003e","s":"p"},
{"ph":"M","pid":1,"tid":1,"ts":0.000,"name":"thread_name","args":{"name":"A"}},
{"ph":"M","pid":1,"tid":1,"ts":0.000,"name":"thread_sort_index","args":{"sort_index":1}},
{"ph":"X","pid":1,"tid":1,"ts":0.000,"name":"running","dur":0.010,"cat":"running","cname":"thread_state_running"},
{"ph":"X","pid":1,"tid":1,"ts":0.010,"name":"waiting: sleep","args":{"where":"tasks.go:19"},"dur":0.010,"cat":"waiting","cname":"thread_state_sleeping"},
{"ph":"M","pid":1,"tid":2,"ts":0.000,"name":"thread_name","args":{"name":"B"}},
{"ph":"M","pid":1,"tid":2,"ts":0.000,"name":"thread_sort_index","args":{"sort_index":2}},
{"ph":"M","pid":2,"tid":0,"ts":0.000,"name":"process_name","args":{"name":"tasks sequential · Python"}},
{"ph":"M","pid":2,"tid":0,"ts":0.000,"name":"process_sort_index","args":{"sort_index":2}},
{"ph":"M","pid":2,"tid":0,"ts":0.000,"name":"process_labels","args":{"labels":"exit status 1"}}
]}
`, runtime.Version())
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A state that a trace has no colour for would look like any other.
func TestEachStateHasAColourOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"": true}
	for state := range timeline.States {
		colour := colours[state.String()]
		if seen[colour] {
			t.Errorf("%v has the colour %q", state, colour)
		}
		seen[colour] = true
	}
}

// A slice is a span as whoever reads a trace finds it, in nanoseconds.
type slice struct {
	name     string
	from, to int64
}

// tracks reads a trace: its slices by the names of runs, and the lanes of each
// in their order.
func tracks(t *testing.T, data []byte) (processes []string, lanes map[string][][]slice) {
	t.Helper()
	var file struct {
		Unit   string `json:"displayTimeUnit"`
		Events []struct {
			Phase    string      `json:"ph"`
			Process  int         `json:"pid"`
			Track    int         `json:"tid"`
			Name     string      `json:"name"`
			At       json.Number `json:"ts"`
			Duration json.Number `json:"dur"`
			Scope    string      `json:"s"`
			Args     struct {
				Name  string `json:"name"`
				Index int    `json:"sort_index"`
			} `json:"args"`
		} `json:"traceEvents"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if file.Unit != "ms" {
		t.Errorf("the unit is %q", file.Unit)
	}
	lanes = map[string][][]slice{}
	for _, e := range file.Events {
		switch e.Phase + e.Name {
		case "Mprocess_name":
			processes = append(processes, e.Args.Name)
		case "Mthread_name":
			run := processes[e.Process-1]
			lanes[run] = append(lanes[run], nil)
			if e.Track != len(lanes[run]) {
				t.Errorf("the lanes of %s are out of order at track %d", run, e.Track)
			}
		case "Mprocess_sort_index":
			if e.Args.Index != e.Process {
				t.Errorf("process %d is sorted as %d", e.Process, e.Args.Index)
			}
		case "Mthread_sort_index":
			if e.Args.Index != e.Track {
				t.Errorf("track %d is sorted as %d", e.Track, e.Args.Index)
			}
		default:
			switch e.Phase {
			case "X":
				from := nanoseconds(t, e.At)
				track := lanes[processes[e.Process-1]]
				track[e.Track-1] = append(track[e.Track-1], slice{e.Name, from, from + nanoseconds(t, e.Duration)})
			case "i":
				if e.Scope != "p" {
					t.Errorf("the instant %q has the scope %q", e.Name, e.Scope)
				}
			case "M":
			default:
				t.Errorf("there is an event %q", e.Phase)
			}
		}
	}
	return processes, lanes
}

// nanoseconds are microseconds as a trace has them, exactly.
func nanoseconds(t *testing.T, us json.Number) int64 {
	t.Helper()
	r, ok := new(big.Rat).SetString(us.String())
	if !ok || !r.Mul(r, big.NewRat(1000, 1)).IsInt() || r.Sign() < 0 {
		t.Fatalf("%q are no whole nanoseconds", us)
	}
	return r.Num().Int64()
}

// checkTracks wants a trace to hold exactly the spans of the runs, and on each
// track slices of which each lies within the other, or beside it.
func checkTracks(t *testing.T, s player.Snapshot) {
	t.Helper()
	var b strings.Builder
	if err := Of(s).Trace(&b); err != nil {
		t.Fatal(err)
	}
	processes, lanes := tracks(t, []byte(b.String()))
	if len(processes) != len(s.Runs) || len(lanes) != len(s.Runs) {
		t.Fatalf("processes %q and the lanes of %q, want %d", processes, slices.Collect(maps.Keys(lanes)), len(s.Runs))
	}
	for i, run := range s.Runs {
		var want [][]slice
		for _, lane := range run.Lanes {
			var spans []slice
			for span := range lane.Spans() {
				name := span.State.String()
				if span.Reason() != "" {
					name += ": " + span.Reason()
				}
				spans = append(spans, slice{name, int64(span.Start), int64(span.End)})
			}
			want = append(want, spans)
		}
		got := lanes[processes[i]]
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(slice{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", processes[i], diff)
		}
		for number, track := range got {
			for j, a := range track {
				for _, b := range track[j+1:] {
					within := a.from <= b.from && b.to <= a.to || b.from <= a.from && a.to <= b.to
					if beside := a.to <= b.from || b.to <= a.from; !within && !beside {
						t.Errorf("on track %d of %s %v and %v overlap", number+1, processes[i], a, b)
					}
				}
			}
		}
	}
}

func TestTracksOfARunHoldItsSpans(t *testing.T) {
	t.Parallel()
	checkTracks(t, played(t, "gather"))
}

func TestTracksOfRegionsWithinEachOtherHoldTheirSpans(t *testing.T) {
	t.Parallel()
	s := playedNested(t)
	count := map[string]int{}
	for _, lane := range s.Runs[0].Lanes {
		count[lane.Name]++
	}
	if count["outer"] != 3 || count["inner"] == 0 || count["innermost"] == 0 {
		t.Fatalf("the lanes are %v", count)
	}
	checkTracks(t, s)
}

func TestATraceThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := Of(tasks(t)).Trace(full{}); err == nil {
		t.Error("no error")
	}
}

// many are two runs of 50,000 lanes each, which sleep and print.
func many(tb testing.TB) player.Snapshot {
	tb.Helper()
	run := player.Recording{Job: player.Job{}, Status: player.Status{Phase: player.Ended, Traced: true}}
	run.Job.Variant.Name = "concurrent"
	for i := range 50_000 {
		var spans []timeline.Span
		at := time.Duration(i)
		for range 4 {
			spans = append(spans,
				timeline.NewSpan(timeline.Running, at, at+10, "", ""),
				timeline.NewSpan(timeline.Waiting, at+10, at+1_000_000, "sleep", "coroutines.go:19"))
			at += 1_000_000
		}
		run.Lanes = append(run.Lanes, timeline.NewLane(fmt.Sprint("worker ", i), spans...))
	}
	s := player.Snapshot{Ended: true, Runs: []player.Recording{run, run}}
	s.Lesson.ID = "coroutines"
	return s
}

func BenchmarkExportManyLanes(b *testing.B) {
	s := many(b)
	var file strings.Builder
	if err := JSON(&file, s); err != nil {
		b.Fatal(err)
	}
	d, err := Read("many.json", strings.NewReader(file.String()))
	if err != nil {
		b.Fatal(err)
	}
	written := func(name string, write func(io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var most uint64
			for b.Loop() {
				if err := write(&heapWatch{most: &most}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(most)/1e6, "MB-more")
		})
	}
	written("json", Of(s).JSON)
	written("trace", Of(s).Trace)
	written("trace of a file", d.Trace)
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		b.ReportAllocs()
		for b.Loop() {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			d, err := Read("many.json", strings.NewReader(file.String()))
			if err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
			runtime.KeepAlive(d)
		}
	})
}

// heapWatch is written to, and looks now and then by how much what is in use of
// the heap has grown since the first write.
type heapWatch struct {
	most   *uint64
	writes int
	before uint64
}

func (h *heapWatch) Write(p []byte) (int, error) {
	if h.writes%200 == 0 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if h.writes == 0 {
			h.before = m.HeapAlloc
		}
		*h.most = max(*h.most, m.HeapAlloc-min(h.before, m.HeapAlloc))
	}
	h.writes++
	return len(p), nil
}

// Of many lanes a trace tells how many are in each state, besides each of them.
func TestATraceOfManyLanesCounts(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := Of(crowd(1000)).Trace(&b); err != nil {
		t.Fatal(err)
	}
	var file struct {
		Events []struct {
			Phase string         `json:"ph"`
			Name  string         `json:"name"`
			At    float64        `json:"ts"`
			Args  map[string]any `json:"args"`
		} `json:"traceEvents"`
	}
	if err := json.Unmarshal([]byte(b.String()), &file); err != nil {
		t.Fatal(err)
	}
	counters, labels, last := 0, "", -1.0
	for _, e := range file.Events {
		switch {
		case e.Phase == "C":
			counters++
			all := 0.0
			for _, n := range e.Args {
				all += n.(float64)
			}
			if e.At <= last || all > 1000 {
				t.Errorf("at %v, behind %v, there are %v lanes", e.At, last, all)
			}
			last = e.At
		case e.Name == "process_labels":
			labels = e.Args["labels"].(string)
		}
	}
	if counters != viewCells || !strings.Contains(labels, "1000 lanes") {
		t.Errorf("%d counters, label %q", counters, labels)
	}
}
