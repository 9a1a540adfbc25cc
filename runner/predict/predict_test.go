package predict

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// What is said of an answer does not contradict what the run has shown.
func TestVerdict(t *testing.T) {
	t.Parallel()
	world := content.Predict{Measure: content.MeasureCount, Of: "World", Answers: []content.Answer{
		{Is: "0", Right: true, Why: "Nobody waits."}, {Is: "1", Why: "It would have to pause."},
	}}
	last := content.Predict{Measure: content.MeasureLastLine, Answers: []content.Answer{
		{Is: "B", Right: true, Why: "It is slower."}, {Is: "A", Why: "It is quicker."},
	}}
	r, err := plan.New("tasks", nil, nil, plan.Go)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		predict content.Predict
		chosen  string
		outcome Outcome
		want    string
	}{
		{world, "0", Outcome{"0", 0}, ": right. Nobody waits."},
		{world, "0", Outcome{"1", 1}, ". Nobody waits. This time it was 1."},
		{world, "1", Outcome{"0", 0}, ". It would have to pause. It was 0."},
		{world, "1", Outcome{"1", 1}, ". It would have to pause. But this time it was so."},
		{last, "B", Outcome{Text: "B"}, ": right. It is slower."},
		{last, "B", Outcome{Text: "C"}, `. It is slower. This time it was "C".`},
		{last, "A", Outcome{Text: "B"}, `. It is quicker. It was "B".`},
	} {
		p, err := New(tt.predict, r)
		if err != nil {
			t.Fatal(err)
		}
		p.Predicted = slices.IndexFunc(p.Options, func(o Option) bool { return o.Text == tt.chosen })
		if got := p.verdict(tt.outcome); got != tt.want {
			t.Errorf("predicted %s, it was %s: %q, want %q", tt.chosen, tt.outcome.Text, got, tt.want)
		}
	}
}

// An answer is scored by what was measured, and on a busy machine nothing was.
func TestAnAnswerIsScoredByWhatWasMeasured(t *testing.T) {
	t.Parallel()
	asked := content.Predict{Variant: "parallel", Measure: content.MeasureSpeedup, Answers: []content.Answer{
		{Is: "1", Why: "So it would be on one CPU."}, {Is: "min(cpus, n)", Right: true, Why: "Each CPU computes one."},
	}}
	for _, tt := range []struct {
		name     string
		cpus     int
		parallel time.Duration // sequential takes a second
		busy     bool
		said     string
		correct  string // "" is not scored
		right    bool
		note     string
	}{
		{"as it should be", 2, 510 * time.Millisecond, false, "2 times faster", "2 times faster", true, "◆ you said 2 times faster: right. Each CPU computes one."},
		{"the wrong answer", 2, 510 * time.Millisecond, false, "no faster", "2 times faster", false, "◆ you said no faster. So it would be on one CPU. It was 1.96 times faster."},
		{"measured otherwise", 2, 990 * time.Millisecond, false, "2 times faster", "no faster", false, "◆ you said 2 times faster. Each CPU computes one. This time it was no faster."},
		{"the other answer, as measured", 2, 990 * time.Millisecond, false, "no faster", "no faster", true, "◆ you said no faster. So it would be on one CPU. But this time it was so."},
		{"one CPU", 1, time.Second, false, "no faster", "no faster", true, "◆ you said no faster: right. Each CPU computes one."},
		{"a busy machine", 2, 990 * time.Millisecond, true, "2 times faster", "", false, "◆ you said 2 times faster; not scored"},
		{"a busy machine that is right", 2, 510 * time.Millisecond, true, "2 times faster", "", false, "◆ you said 2 times faster; not scored"},
	} {
		r, err := plan.New("cpubound", []string{"sequential", "parallel"}, nil, plan.Go)
		if err != nil {
			t.Fatal(err)
		}
		r.CPUs, r.Procs = tt.cpus, tt.cpus
		p, err := New(asked, r)
		if err != nil {
			t.Fatal(err)
		}
		p.Predicted = slices.IndexFunc(p.Options, func(o Option) bool { return o.Text == tt.said })
		ran := func(variant string, elapsed time.Duration) player.Recording {
			return player.Recording{
				Job:    player.Job{Part: player.Part{Variant: lessons.Variant{Name: variant}}},
				Status: player.Status{Phase: player.Ended, Elapsed: elapsed, Busy: tt.busy},
			}
		}
		s := player.Snapshot{Ended: true, Runs: []player.Recording{ran("sequential", time.Second), ran("parallel", tt.parallel)}}
		outcome, ok := p.Measured(s)
		var correct Option
		var right bool
		if ok {
			correct, right = p.Score(outcome)
		}
		if ok != (tt.correct != "") || correct.Text != tt.correct || right != tt.right {
			t.Errorf("%s: scored %v, correct %q, right %v", tt.name, ok, correct.Text, right)
		}
		if notes := p.Notes(s, true); len(notes) != 1 || notes[0] != tt.note {
			t.Errorf("%s: %q, want %q", tt.name, notes, tt.note)
		}
	}
}

// Where the run that decides could not be made, or failed, the lesson's answer
// is told as what is expected, and nothing is scored.
func TestWhatIsExpectedWhereNothingWasMeasured(t *testing.T) {
	t.Parallel()
	asked := content.Predict{Variant: "concurrent", Language: "python", Measure: content.MeasureTime, Answers: []content.Answer{
		{Is: "a + b", Why: "That would be one after the other."}, {Is: "max(a, b)", Right: true, Why: "The waits `overlap`."},
	}}
	r, err := plan.New("tasks", []string{"concurrent"}, []string{"a=4s", "b=1s"}, plan.Both)
	if err != nil {
		t.Fatal(err)
	}
	const expected = "; nothing was measured. Expected is 4 s: The waits overlap."
	for _, tt := range []struct {
		name   string
		status player.Status
		ended  bool
		want   string
	}{
		{"no Python", player.Status{Phase: player.Ended, Missing: &fault.Error{What: "there is no python3"}}, true, expected},
		{"no Python, on a busy machine", player.Status{Phase: player.Ended, Missing: &fault.Error{What: "there is no python3"}}, true, expected},
		{"no Python, while Go goes on", player.Status{Phase: player.Ended, Missing: &fault.Error{What: "there is no python3"}}, false, ""},
		{"a Python that fails", player.Status{Phase: player.Ended, Err: "it crashed"}, true, expected},
		{"measured", player.Status{Phase: player.Ended, Elapsed: 4 * time.Second}, true, ". That would be one after the other. It was 4 s."},
	} {
		p, err := New(asked, r)
		if err != nil {
			t.Fatal(err)
		}
		p.Predicted = slices.IndexFunc(p.Options, func(o Option) bool { return o.Text == "5 s" })
		s := player.Snapshot{Ended: true, Runs: []player.Recording{
			{Job: player.Job{Part: player.Part{Variant: lessons.Variant{Name: "concurrent"}}}, Status: player.Status{Phase: player.Ended, Elapsed: 4 * time.Second}},
			{Job: player.Job{Part: player.Part{Variant: lessons.Variant{Name: "concurrent"}, Language: player.Python}}, Status: tt.status},
		}}
		s.Runs[0].Status.Busy = strings.HasSuffix(tt.name, "busy machine")
		if notes := p.Notes(s, tt.ended); len(notes) != 1 || notes[0] != "◆ you said 5 s"+tt.want {
			t.Errorf("%s: %q", tt.name, notes)
		}
		if _, ok := p.Measured(s); ok != (tt.name == "measured") {
			t.Errorf("%s: measured is %v", tt.name, ok)
		}
	}
}

// Of a share it is asked only whether it is none, some or all.
func TestShares(t *testing.T) {
	t.Parallel()
	p := &Prediction{Predict: content.Predict{Variant: "ticker", Measure: content.MeasureShare, Of: "ticks", Answers: []content.Answer{{Is: "none"}, {Is: "some", Right: true}, {Is: "all"}}}}
	for _, a := range p.Answers {
		p.Options = append(p.Options, Option{Text: a.Is})
	}
	elapsed := map[player.Kind]time.Duration{p.Kind(): time.Second}
	for _, tt := range []struct {
		line    string
		nearest int
		ok      bool
	}{
		{"0 of 500 ticks", 0, true}, {"1 of 500 ticks", 1, true}, {"499 of 500 ticks", 1, true}, {"500 of 500 ticks", 2, true},
		{"1 of 2 others", 0, false}, {"many ticks", 0, false}, {"1 of 99999999999999999999 ticks", 0, false},
	} {
		o, ok := p.outcome(elapsed, printed("hog done", tt.line))
		if ok != tt.ok || ok && p.Nearest(o) != tt.nearest {
			t.Errorf("%q: %q, %v", tt.line, o.Text, ok)
		}
	}
}

// What comes before a line is counted up to the first such line, and is
// unknown if there is none.
func TestLinesBeforeALine(t *testing.T) {
	t.Parallel()
	p := &Prediction{Predict: content.Predict{Variant: "concurrent", Measure: content.MeasureBefore, Of: "World"}}
	elapsed := map[player.Kind]time.Duration{p.Kind(): time.Second}
	for _, tt := range []struct {
		lines []string
		want  string
		ok    bool
	}{
		{[]string{"World"}, "0", true},
		{[]string{"Hello", "Hello", "World", "Hello", "World"}, "2", true},
		{[]string{"Hello"}, "", false},
		{nil, "", false},
	} {
		if got, ok := p.outcome(elapsed, printed(tt.lines...)); got.Text != tt.want || ok != tt.ok {
			t.Errorf("%q: %q, %t; want %q, %t", tt.lines, got.Text, ok, tt.want, tt.ok)
		}
	}
}

// printed is a run that took a second and printed these lines.
func printed(lines ...string) (run player.Recording) {
	run.Status.Elapsed = time.Second
	for _, line := range lines {
		run.Status.Output = append(run.Status.Output, player.Line{Text: line})
	}
	return run
}

// What a run did and what it cost can be asked for, too. What it cost is known
// later than that it has ended, and asked for only where it is measured.
func TestBarsAndCPUTime(t *testing.T) {
	t.Parallel()
	r, err := plan.New("pools", []string{"concurrent"}, []string{"jobs=2000"}, plan.Go)
	if err != nil {
		t.Fatal(err)
	}
	few, err := r.Values.With("jobs", "20")
	if err != nil {
		t.Fatal(err)
	}
	run := player.Recording{
		Job:    player.Job{Part: r.Parts()[0]},
		Status: player.Status{Phase: player.Ended, Elapsed: time.Second},
	}
	costs, drawn := run, run
	costs.Status.Cost = &player.Cost{CPU: 8 * time.Millisecond}
	drawn.Lanes = make([]timeline.Lane, 4)
	for _, tt := range []struct {
		name    string
		measure content.Measure
		run     player.Recording
		want    string // "" is not known
		withFew bool
		nearest string // of 10 ms or 4, and a hundred times that
	}{
		{"not measured yet", content.MeasureCPU, drawn, "", false, ""},
		{"measured", content.MeasureCPU, costs, "8 ms", false, "10 ms"},
		{"no timeline", content.MeasureBars, costs, "", true, ""},
		{"a timeline", content.MeasureBars, drawn, "4", true, "4"},
	} {
		answers := []content.Answer{{Is: "0.01", Right: true}, {Is: "1"}}
		if tt.measure == content.MeasureBars {
			answers = []content.Answer{{Is: "4", Right: true}, {Is: "400"}}
		}
		p, err := New(content.Predict{Variant: "concurrent", Measure: tt.measure, Answers: answers}, r)
		if err != nil {
			t.Fatal(err)
		}
		o, ok := p.Measured(player.Snapshot{Ended: true, Runs: []player.Recording{tt.run}})
		if ok != (tt.want != "") || o.Text != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.name, o.Text, ok, tt.want)
		}
		if ok && p.Options[p.Nearest(o)].Text != tt.nearest {
			t.Errorf("%s: nearest to %q, want %q", tt.name, p.Options[p.Nearest(o)].Text, tt.nearest)
		}
		if part := r.Parts()[0]; !p.DecidedBy(part, r.Values) || p.DecidedBy(part, few) != tt.withFew {
			t.Errorf("%s: decided by many %v, by few %v", tt.name, p.DecidedBy(part, r.Values), p.DecidedBy(part, few))
		}
	}
}
