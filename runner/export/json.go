package export

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"runtime"
	"time"

	"gosyncio/runner/cpus"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// format is that of the JSON. It grows only when a field comes to mean something
// else, for then an older program would read it wrongly.
const format = 1

// The JSON of a run is a public interface: fields are added, never renamed.
type (
	jsonComparison struct {
		Format        int               `json:"format"`
		Lesson        string            `json:"lesson"`
		GoVersion     string            `json:"go_version"`
		PythonVersion string            `json:"python_version"`
		PythonError   string            `json:"python_error,omitempty"` // why there is no Python
		OS            string            `json:"os"`
		Arch          string            `json:"arch"`
		CPUs          int               `json:"cpus"`
		Settings      map[string]string `json:"settings"`
		Repeat        int               `json:"repeat,omitempty"` // how many rounds there were; the last is told
		Runs          []jsonRun         `json:"runs"`
	}
	jsonRun struct {
		Variant    string     `json:"variant"`
		Language   string     `json:"language"`
		ElapsedNS  int64      `json:"elapsed_ns"`
		IdealNS    int64      `json:"ideal_ns"`
		GOMAXPROCS int        `json:"gomaxprocs"`
		CPUNS      int64      `json:"cpu_ns"`
		MaxRSS     int64      `json:"max_rss_bytes"`
		Cost       *jsonCost  `json:"cost,omitempty"` // where the lesson is about it, and it could be measured
		ExitCode   int        `json:"exit_code"`
		Error      string     `json:"error"`
		Died       string     `json:"died,omitempty"`  // why the whole process died, where the variant shows that
		Going      bool       `json:"going,omitempty"` // when this was written; all is as it was then
		Traced     bool       `json:"traced"`
		Busy       bool       `json:"busy,omitempty"` // others took the CPUs that it wanted: its times say nothing
		Output     []jsonLine `json:"output"`
		Dropped    int        `json:"output_dropped,omitempty"`
		LanesCut   bool       `json:"lanes_cut,omitempty"` // there was more than is kept
		// File and Code are what of the lesson's code the run uses, as it stood
		// there.
		File string     `json:"file,omitempty"`
		Code []jsonCode `json:"code,omitempty"`
		// Findings are what looked wrong in a program of the learner's own.
		Findings []jsonFinding `json:"findings,omitzero"`
		Lanes    []jsonLane    `json:"lanes"` // there may be many: see Document
		Repeats  *Repeats      `json:"repeats,omitempty"`
	}
	// jsonCost is a player.Cost. CPUNS and MaxRSS of the run are those of the
	// whole process, with the tracer.
	jsonCost struct {
		CPUNS  int64 `json:"cpu_ns"`
		Memory int64 `json:"memory_bytes,omitempty"`
	}
	jsonLine struct {
		AtNS int64  `json:"at_ns"`
		Text string `json:"text"`
	}
	jsonCode struct {
		Line int    `json:"line"` // counted from 1
		Text string `json:"text"`
	}
	jsonLane struct {
		Name   string      `json:"name"`
		Origin *jsonOrigin `json:"origin,omitempty"` // in programs of the learner's own
		Woken  *jsonWoken  `json:"woken,omitempty"`  // as well
		Spans  []jsonSpan  `json:"spans"`
	}
	// jsonFinding is a findings.Finding.
	jsonFinding struct {
		Kind    string `json:"kind"`
		Line    string `json:"line"`
		Message string `json:"message"`
		Why     string `json:"why"`
	}
	// jsonOrigin is a timeline.Origin.
	jsonOrigin struct {
		ID       int64  `json:"id"`
		Number   int    `json:"number"`
		Function string `json:"function"`
		Library  bool   `json:"library,omitempty"`
		Parent   int64  `json:"parent,omitempty"`
		By       string `json:"by,omitempty"`
		Started  string `json:"started,omitempty"`
		AtNS     int64  `json:"at_ns"`
	}
	// jsonWoken is who let a lane go on from a wait, the last time; 0 is nobody.
	jsonWoken struct {
		By   int64 `json:"by,omitempty"`
		AtNS int64 `json:"at_ns"`
	}
	jsonSpan struct {
		State   string `json:"state"`
		Reason  string `json:"reason"`
		Where   string `json:"where,omitempty"`
		StartNS int64  `json:"start_ns"`
		EndNS   int64  `json:"end_ns"`
	}
)

// Repeats is how long a run took that was made several times. Only rounds
// in which it succeeded count; if there is none, all but Failed is 0.
type Repeats struct {
	Elapsed []time.Duration `json:"elapsed_ns"` // in the order of the rounds
	Min     time.Duration   `json:"min_ns"`
	Median  time.Duration   `json:"median_ns"`
	Max     time.Duration   `json:"max_ns"`
	Spread  float64         `json:"spread"` // (max-min)/median
	Failed  int             `json:"failed,omitempty"`
}

// JSON writes runs that have ended as one object on one line.
func JSON(w io.Writer, s player.Snapshot) error { return Of(s).JSON(w) }

// JSONRepeated is JSON for the last of several rounds, with what there is
// to say of all: a Repeats for each run that is present.
func JSONRepeated(w io.Writer, last player.Snapshot, rounds int, repeats []Repeats) error {
	d := Of(last)
	d.object.Repeat = rounds
	for i := range d.object.Runs {
		d.object.Runs[i].Repeats = &repeats[i]
	}
	return d.JSON(w)
}

// JSON writes the object on one line, and in its runs their lanes, one after
// the other: there may be 100,000 of them.
func (d *Document) JSON(w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	head := d.object
	head.Runs = []jsonRun{}
	if err := writeOpen(out, head, "]}"); err != nil {
		return err
	}
	for i, head := range d.object.Runs {
		if i > 0 {
			out.WriteByte(',')
		}
		repeats := head.Repeats
		head.Repeats = nil
		if err := writeOpen(out, head, "]}"); err != nil {
			return err
		}
		first := true
		for lane := range d.lanes[i] {
			if !first {
				out.WriteByte(',')
			}
			first = false
			if err := writeOpen(out, lane, ""); err != nil {
				return err
			}
		}
		out.WriteByte(']')
		if repeats != nil {
			out.WriteString(`,"repeats":`)
			if err := writeOpen(out, repeats, ""); err != nil {
				return err
			}
		}
		out.WriteByte('}')
	}
	out.WriteString("]}\n")
	return out.Flush()
}

// writeOpen writes v without the end, where there is more to come.
func writeOpen(out *bufio.Writer, v any, end string) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = out.Write(bytes.TrimSuffix(data, []byte(end)))
	return err
}

// laneToJSON is a lane, in which what has not ended ends where the run does.
func laneToJSON(lane timeline.Lane, end time.Duration) jsonLane {
	spans := make([]jsonSpan, 0, lane.Len())
	for span := range lane.Spans() {
		if span.End == timeline.Open {
			span.End = max(span.Start, end)
		}
		spans = append(spans, jsonSpan{span.State.String(), span.Reason(), span.Where(), span.Start.Nanoseconds(), span.End.Nanoseconds()})
	}
	j := jsonLane{Name: lane.Name, Spans: spans}
	if o := lane.Origin; o != nil {
		j.Origin = &jsonOrigin{o.ID, o.Number, terminal.Printable(o.Function), o.Library, o.Parent, o.By, o.Started, o.At.Nanoseconds()}
	}
	if lane.WokenAt > 0 {
		j.Woken = &jsonWoken{lane.WokenBy, lane.WokenAt.Nanoseconds()}
	}
	return j
}

func comparison(s player.Snapshot, now time.Time) jsonComparison {
	object := jsonComparison{
		Format:    format,
		Lesson:    s.Lesson.ID,
		GoVersion: runtime.Version(),
		OS:        runtime.GOOS,
		Arch:      runtime.GOARCH,
		CPUs:      cmp.Or(s.Values.CPUs, cpus.Available()),
		Settings:  s.Values.Texts(),
		Runs:      []jsonRun{},
	}
	if missing := s.Missing(); missing != nil {
		object.PythonError = missing.What
	}
	for _, run := range s.Present() {
		object.PythonVersion = cmp.Or(object.PythonVersion, run.Status.Version)
		object.Runs = append(object.Runs, toJSON(run, now))
	}
	return object
}

func toJSON(run player.Recording, now time.Time) jsonRun {
	status := run.Status
	j := jsonRun{
		Variant:    run.Job.Variant.Name,
		Language:   run.Job.Language.ID(),
		ElapsedNS:  status.At(now).Nanoseconds(),
		IdealNS:    run.Job.Ideal.Nanoseconds(),
		GOMAXPROCS: status.Procs,
		CPUNS:      status.CPU.Nanoseconds(),
		MaxRSS:     status.MaxRSS,
		ExitCode:   status.ExitCode,
		Error:      status.Err,
		Died:       status.Died,
		Going:      status.Phase == player.Going,
		Traced:     status.Traced,
		Busy:       status.Busy,
		Output:     make([]jsonLine, len(status.Output)),
		Dropped:    status.Dropped,
		LanesCut:   run.Cut,
		Lanes:      []jsonLane{},
	}
	j.File, j.Code = codeOf(run.Job)
	if cost := status.Cost; cost != nil {
		j.Cost = &jsonCost{cost.CPU.Nanoseconds(), cost.Memory}
	}
	for i, line := range status.Output {
		j.Output[i] = jsonLine{line.At.Nanoseconds(), line.Text}
	}
	return j
}
