package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"gosyncio/content"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/timeline"
)

// A View is runs as a browser shows them: what the stage says of them in
// words, and of their timelines what can be seen. Its JSON is for view.js, and
// for nobody else.
type View struct {
	Title    string     `json:"title"`
	Caption  string     `json:"caption"`
	Headline string     `json:"headline"`
	Notes    []string   `json:"notes"`
	ScaleNS  int64      `json:"scale_ns"`
	Ticks    []viewTick `json:"ticks"`
	Ended    bool       `json:"ended"`
	Runs     []viewRun  `json:"runs"`
}

type (
	viewTick struct {
		AtNS  int64  `json:"at_ns"`
		Label string `json:"label"`
	}
	viewRun struct {
		Name     string     `json:"name"`
		Language string     `json:"language"`
		Result   string     `json:"result"`
		AtNS     int64      `json:"at_ns"` // how far it has come
		Ended    bool       `json:"ended"`
		First    bool       `json:"first"` // in its row, where there is room for two in one
		Lanes    []viewLane `json:"lanes"`
		// Folded are all lanes, where there are too many to show each.
		Folded  *viewFold  `json:"folded,omitempty"`
		Cut     bool       `json:"cut"` // there was more than is kept, or than is shown here
		Output  []jsonLine `json:"output"`
		Dropped int        `json:"dropped"` // lines behind those
		File    string     `json:"file"`    // that the code is in; "" if there is none
		Code    []jsonCode `json:"code"`
	}
	viewLane struct {
		Name  string     `json:"name"`
		Spans []viewSpan `json:"spans"`
	}
	// A viewSpan may stand for several that are too short to be seen; Short is
	// how many, or 0.
	viewSpan struct {
		State   string `json:"state"`
		Reason  string `json:"reason,omitempty"`
		Where   string `json:"where,omitempty"`
		StartNS int64  `json:"start_ns"`
		EndNS   int64  `json:"end_ns"`
		Short   int    `json:"short,omitempty"`
	}
	// A viewFold says how many lanes there are, how many there were at most at
	// a time, and in equal parts of the scale how many were in each state.
	viewFold struct {
		Count  int       `json:"count"`
		Most   int       `json:"most"`
		States []viewRow `json:"states"`
	}
	viewRow struct {
		State string    `json:"state"`
		Cells []float64 `json:"cells"`
	}
)

// How much of runs is shown in a browser.
const (
	viewLanes  = 16     // that are shown each
	viewFirst  = 4      // that are shown each where there are more
	viewSpans  = 2000   // of all runs; where there are more, short ones are put together
	viewOutput = 500    // lines of a run
	viewText   = 60_000 // bytes of the output of all runs
	viewCode   = 1000   // lines of a run
	viewCells  = 120    // of the rows of folded lanes
	finest     = 20_000 // parts of the scale, at most
)

// NewView is what a browser shows of runs as they were at the time now.
func NewView(s player.Snapshot, now time.Time) View {
	facts := stage.FactsOf(s, now)
	v := View{
		Title: titleOf(s.Lesson.ID), Caption: s.Values.String(),
		Headline: facts.Headline, Notes: facts.Notes, ScaleNS: facts.Scale.Nanoseconds(), Ended: s.Ended,
		Runs: []viewRun{},
	}
	const ticks = 8
	for _, t := range stage.Ticks(facts.Scale, ticks) {
		v.Ticks = append(v.Ticks, viewTick{t.At.Nanoseconds(), t.Label})
	}
	present := s.Present()
	for i, run := range present {
		v.Runs = append(v.Runs, viewOf(run, facts, i, now))
		v.Runs[i].print(run.Status, viewText/len(present))
	}
	for _, row := range v.rows() {
		v.Runs[row[0]].First = true
	}
	for parts := time.Duration(finest); v.spans() > viewSpans && parts >= viewCells; parts /= 2 {
		v.join(facts.Scale / parts)
	}
	return v
}

// headers are those of all lessons, read once.
var headers = sync.OnceValue(func() []content.Header {
	headers, err := content.Headers()
	if err != nil {
		return nil // a test finds that
	}
	return headers
})

// titleOf is what a lesson is called; its ID if it has no text here.
func titleOf(id string) string {
	i := slices.IndexFunc(headers(), func(h content.Header) bool { return h.ID == id })
	if i < 0 {
		return id
	}
	return headers()[i].Title
}

func viewOf(run player.Recording, facts stage.Facts, i int, now time.Time) viewRun {
	status, at := run.Status, run.Status.At(now)
	r := viewRun{
		Name:     run.Job.Variant.Name + " · " + run.Job.Language.String(),
		Language: run.Job.Language.ID(),
		Result:   facts.Results[i],
		AtNS:     at.Nanoseconds(),
		Ended:    status.Phase == player.Ended,
		Lanes:    []viewLane{},
		Cut:      run.Cut,
	}
	lanes, count := run.Lanes, max(run.Count, len(run.Lanes))
	if count > viewLanes {
		lanes = lanes[:min(viewFirst, len(lanes))]
		r.Folded = fold(run, facts.Scale, count, at)
	}
	for _, lane := range lanes {
		r.Lanes = append(r.Lanes, viewLaneOf(lane, at))
	}
	return r
}

// print adds the output, up to so many bytes.
func (r *viewRun) print(status player.Status, most int) {
	r.Output = []jsonLine{}
	for _, line := range status.Output {
		if most -= len(line.Text); most < 0 || len(r.Output) == viewOutput {
			break
		}
		r.Output = append(r.Output, jsonLine{line.At.Nanoseconds(), line.Text})
	}
	r.Dropped = status.Dropped + len(status.Output) - len(r.Output)
}

// fold is what is shown of all lanes together.
func fold(run player.Recording, scale time.Duration, count int, at time.Duration) *viewFold {
	averages, most := stage.Averages(run, scale, viewCells, at)
	f := &viewFold{Count: count, Most: most}
	for _, state := range []timeline.State{timeline.Running, timeline.Ready, timeline.Waiting, timeline.Syscall, timeline.Blocking} {
		cells := averages[state]
		if slices.Max(cells) == 0 && state >= timeline.Syscall {
			continue
		}
		for i, n := range cells {
			cells[i] = float64(int(n*100+0.5)) / 100
		}
		f.States = append(f.States, viewRow{state.String(), cells})
	}
	return f
}

// viewLaneOf is what a lane did up to now.
func viewLaneOf(lane timeline.Lane, now time.Duration) viewLane {
	v := viewLane{Name: lane.Name, Spans: []viewSpan{}}
	if o := lane.Origin; o != nil && o.Number > 1 {
		v.Name = fmt.Sprintf("%s %d", lane.Name, o.Number)
	}
	for span := range lane.Spans() {
		end := min(span.End, now)
		if span.Start < end {
			v.Spans = append(v.Spans, viewSpan{State: span.State.String(), Reason: span.Reason(), Where: span.Where(), StartNS: span.Start.Nanoseconds(), EndNS: end.Nanoseconds()})
		}
	}
	return v
}

func (v View) spans() (n int) {
	for _, run := range v.Runs {
		for _, lane := range run.Lanes {
			n += len(lane.Spans)
		}
	}
	return n
}

// join puts spans together that follow each other and are shorter than that, up
// to that length.
func (v View) join(shortest time.Duration) {
	for i := range v.Runs {
		for j := range v.Runs[i].Lanes {
			lane := &v.Runs[i].Lanes[j]
			lane.Spans = joined(lane.Spans, shortest.Nanoseconds())
		}
	}
}

func joined(spans []viewSpan, shortest int64) (joined []viewSpan) {
	for _, span := range spans {
		n := len(joined) - 1
		if n >= 0 && span.StartNS == joined[n].EndNS && span.EndNS-joined[n].StartNS < shortest {
			last := &joined[n]
			if span.EndNS-span.StartNS > last.EndNS-last.StartNS {
				last.State = span.State
			}
			last.Short, last.EndNS = max(last.Short, 1)+max(span.Short, 1), span.EndNS
			last.Reason, last.Where = "", ""
			continue
		}
		joined = append(joined, span)
	}
	return joined
}

// View is the document as a browser shows it.
func (d *Document) View() View {
	v := NewView(d.Snapshot(), time.Time{})
	for i, run := range d.object.Runs {
		v.Runs[i].File, v.Runs[i].Code = run.File, run.Code[:min(len(run.Code), viewCode)]
	}
	v.Caption = d.Caption()
	return v
}

// captionOf are settings of which it is not known how they are mostly ordered.
func captionOf(settings map[string]string) string {
	var named []string
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		named = append(named, name+"="+settings[name])
	}
	return strings.Join(named, " ")
}
