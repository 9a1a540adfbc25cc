package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"gosyncio/runner/player"
)

// The events of the Chrome trace event format, as chrome://tracing and Perfetto
// read it. All times in it are microseconds.
type (
	traceEvent struct {
		Phase   string       `json:"ph"`
		Process int          `json:"pid"` // a run, counted from 1
		Track   int          `json:"tid"` // a lane, counted from 1
		At      microseconds `json:"ts"`
		Name    string       `json:"name"`
		Scope   string       `json:"s,omitempty"` // of an instant
		Args    *traceArgs   `json:"args,omitempty"`
	}
	traceSlice struct {
		traceEvent
		Duration microseconds `json:"dur"`
		Category string       `json:"cat"`
		Colour   string       `json:"cname,omitempty"` // Perfetto goes by the name instead
	}
	// traceCounter tells how many lanes were in each state.
	traceCounter struct {
		traceEvent
		Counts map[string]float64 `json:"args"`
	}
	traceArgs struct {
		Name   string `json:"name,omitempty"`
		Index  int    `json:"sort_index,omitempty"`
		Labels string `json:"labels,omitempty"`
		Where  string `json:"where,omitempty"`
	}
	// traceHead is what a trace begins with. By it Ours knows one again.
	traceHead struct {
		Unit   string     `json:"displayTimeUnit"`
		Other  traceOther `json:"otherData"`
		Events []struct{} `json:"traceEvents"`
	}
	traceOther struct {
		MadeBy        string            `json:"made_by"`
		Lesson        string            `json:"lesson"`
		GoVersion     string            `json:"go_version,omitempty"`
		PythonVersion string            `json:"python_version,omitempty"`
		Settings      map[string]string `json:"settings,omitempty"`
	}
)

const madeBy = "gosyncio"

// microseconds are nanoseconds that are written as microseconds, none lost.
type microseconds int64

func (ns microseconds) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%d.%03d", ns/1000, ns%1000), nil
}

// colours are those of chrome://tracing's own that states have. One that is not
// here gets any.
var colours = map[string]string{
	"running":  "thread_state_running",
	"ready":    "thread_state_runnable",
	"waiting":  "thread_state_sleeping",
	"syscall":  "thread_state_iowait",
	"blocking": "terrible",
}

// Trace writes the comparison in the Chrome trace event format, as an object
// with an event a line: a process for each run, a track for each lane, a slice
// for each span, an instant for each line of output. The slices of a track
// never overlap. Lanes are written one after the other: there may be 100,000
// of them.
func (d *Document) Trace(w io.Writer) error {
	t := tracer{out: bufio.NewWriterSize(w, 64<<10)}
	o := d.object
	head := traceHead{"ms", traceOther{madeBy, o.Lesson, o.GoVersion, o.PythonVersion, o.Settings}, []struct{}{}}
	if err := writeOpen(t.out, head, "]}"); err != nil {
		return err
	}
	v := d.View()
	for i, run := range o.Runs {
		if err := t.run(i+1, o.Lesson, run, v.Runs[i].Folded); err != nil {
			return err
		}
		if err := t.counters(i+1, v.Runs[i].Folded, v.ScaleNS); err != nil {
			return err
		}
		track := 0
		for lane := range d.lanes[i] {
			track++
			if err := t.lane(i+1, track, lane); err != nil {
				return err
			}
		}
	}
	t.out.WriteString("\n]}\n")
	return t.out.Flush()
}

// A tracer writes events.
type tracer struct {
	out  *bufio.Writer
	more bool // there was one
}

func (t *tracer) write(event any) error {
	separator := ",\n"
	if !t.more {
		separator, t.more = "\n", true
	}
	t.out.WriteString(separator)
	return writeOpen(t.out, event, "")
}

// run writes what there is to say of a run, and its output.
func (t *tracer) run(process int, lesson string, run jsonRun, folded *viewFold) error {
	about := []traceEvent{
		{Name: "process_name", Args: &traceArgs{Name: lesson + " " + run.Variant + " · " + languageName(run.Language)}},
		{Name: "process_sort_index", Args: &traceArgs{Index: process}},
	}
	var labels []string
	if run.Error != "" {
		labels = append(labels, run.Error)
	}
	if folded != nil {
		labels = append(labels, fmt.Sprintf("%d lanes; the counter tells how many are in each state", folded.Count))
	}
	if labels != nil {
		about = append(about, traceEvent{Name: "process_labels", Args: &traceArgs{Labels: strings.Join(labels, "; ")}})
	}
	for _, event := range about {
		event.Phase, event.Process = "M", process
		if err := t.write(event); err != nil {
			return err
		}
	}
	for _, line := range run.Output {
		if err := t.write(traceEvent{Phase: "i", Process: process, Track: 1, At: microseconds(line.AtNS), Name: line.Text, Scope: "p"}); err != nil {
			return err
		}
	}
	return nil
}

// counters writes how many lanes were in each state, where there are too many
// to look at each.
func (t *tracer) counters(process int, folded *viewFold, scale int64) error {
	if folded == nil {
		return nil
	}
	for i := range viewCells {
		counts := map[string]float64{}
		for _, row := range folded.States {
			counts[row.State] = row.Cells[i]
		}
		at := microseconds(scale * int64(i) / viewCells)
		if err := t.write(traceCounter{traceEvent{Phase: "C", Process: process, At: at, Name: "lanes"}, counts}); err != nil {
			return err
		}
	}
	return nil
}

// lane writes a track.
func (t *tracer) lane(process, track int, lane jsonLane) error {
	name := lane.Name
	if o := lane.Origin; o != nil && o.Number > 1 {
		name = fmt.Sprintf("%s %d", name, o.Number)
	}
	for _, event := range []traceEvent{
		{Name: "thread_name", Args: &traceArgs{Name: name}},
		{Name: "thread_sort_index", Args: &traceArgs{Index: track}},
	} {
		event.Phase, event.Process, event.Track = "M", process, track
		if err := t.write(event); err != nil {
			return err
		}
	}
	for _, span := range lane.Spans {
		slice := traceSlice{
			traceEvent: traceEvent{Phase: "X", Process: process, Track: track, At: microseconds(span.StartNS), Name: span.State},
			Duration:   microseconds(span.EndNS - span.StartNS),
			Category:   span.State,
			Colour:     colours[span.State],
		}
		if span.Reason != "" {
			slice.Name += ": " + span.Reason
		}
		if span.Where != "" {
			slice.Args = &traceArgs{Where: span.Where}
		}
		if err := t.write(slice); err != nil {
			return err
		}
	}
	return nil
}

// languageName is the name of the language of that id; the id itself if there
// is none.
func languageName(id string) string {
	if l, ok := player.LanguageOf(id); ok {
		return l.String()
	}
	return id
}

// isTrace reports whether the beginning of a file is that of a trace of ours.
func isTrace(decoder *json.Decoder) bool {
	for _, want := range []json.Token{json.Delim('{'), "displayTimeUnit", "ms", "otherData", json.Delim('{'), "made_by", madeBy} {
		if token, err := decoder.Token(); err != nil || token != want {
			return false
		}
	}
	return true
}
