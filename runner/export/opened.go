package export

import (
	"cmp"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// Snapshot is the comparison as the stage shows one, made again from what is
// written down. What this version of the program does not know of it is left
// out: a lesson's settings, what a variant is.
func (d *Document) Snapshot() player.Snapshot {
	o := d.object
	lesson, err := lessons.Find(o.Lesson)
	if err != nil {
		lesson = lessons.Lesson{ID: o.Lesson} // of the learner's own, or of another version
	}
	values := lesson.Defaults()
	for name, text := range o.Settings {
		if changed, err := values.With(name, text); err == nil {
			values = changed
		}
	}
	values.CPUs = o.CPUs
	s := player.Snapshot{Lesson: lesson, Values: values, Ended: true}
	for i, run := range o.Runs {
		language, _ := player.LanguageOf(run.Language) // which was known when it was read
		variant, err := lesson.Variant(run.Variant)
		if err != nil {
			variant = lessons.Variant{Name: run.Variant}
		}
		recording := player.Recording{
			Job: player.Job{
				Part:   player.Part{Variant: variant, Language: language},
				Lesson: lesson, Values: values, Ideal: time.Duration(run.IdealNS),
			},
			Status: status(run, o.PythonVersion, language),
			Cut:    run.LanesCut,
		}
		for lane := range d.lanes[i] {
			recording.Lanes = append(recording.Lanes, laneOf(lane))
		}
		recording.Count, recording.Density = len(recording.Lanes), timeline.DensityOf(recording.Lanes)
		s.Runs = append(s.Runs, recording)
	}
	if o.PythonError != "" {
		missing := &fault.Error{What: o.PythonError, Next: "so it was where this was recorded"}
		s.Runs = append(s.Runs, player.Recording{
			Job:    player.Job{Part: player.Part{Language: player.Python}, Lesson: lesson, Values: values},
			Status: player.Status{Phase: player.Ended, Missing: missing},
		})
	}
	return s
}

// status is what was known of a run when it had ended.
func status(run jsonRun, python string, language player.Language) player.Status {
	s := player.Status{
		Phase:    player.Ended,
		Elapsed:  time.Duration(run.ElapsedNS),
		CPU:      time.Duration(run.CPUNS),
		MaxRSS:   run.MaxRSS,
		Busy:     run.Busy,
		Procs:    run.GOMAXPROCS,
		ExitCode: run.ExitCode,
		Died:     run.Died,
		Err:      run.Error,
		Traced:   run.Traced,
		Dropped:  run.Dropped,
	}
	if run.Going {
		s.Err = cmp.Or(s.Err, "recorded while it went on")
	}
	if language == player.Python {
		s.Version = python
	}
	if c := run.Cost; c != nil {
		s.Cost = &player.Cost{CPU: time.Duration(c.CPUNS), Memory: c.Memory}
	}
	for _, line := range run.Output {
		s.Output = append(s.Output, player.Line{At: time.Duration(line.AtNS), Text: line.Text})
	}
	return s
}

func laneOf(lane jsonLane) timeline.Lane {
	var spans []timeline.Span
	for _, span := range lane.Spans {
		state, ok := timeline.ParseState(span.State)
		reason := span.Reason
		if !ok { // of a later version
			state, reason = timeline.Waiting, cmp.Or(reason, span.State)
		}
		spans = append(spans, timeline.NewSpan(state, time.Duration(span.StartNS), time.Duration(span.EndNS), reason, span.Where))
	}
	l := timeline.NewLane(lane.Name, spans...)
	if o := lane.Origin; o != nil {
		l.Origin = &timeline.Origin{
			ID: o.ID, Number: o.Number, Function: o.Function, Library: o.Library,
			Parent: o.Parent, By: o.By, Started: o.Started, At: time.Duration(o.AtNS),
		}
	}
	if w := lane.Woken; w != nil {
		l.WokenBy, l.WokenAt = w.By, time.Duration(w.AtNS)
	}
	return l
}

// Lesson is the ID of the lesson that was run.
func (d *Document) Lesson() string { return d.object.Lesson }

// Runs is how many runs there are.
func (d *Document) Runs() int { return len(d.object.Runs) }

// OwnProgram reports whether it is of programs of the learner's own.
func (d *Document) OwnProgram() bool { return d.object.Lesson == player.OwnProgram }

// Title is what to call the comparison.
func (d *Document) Title() string { return titleOf(d.object.Lesson) }

// Caption are the settings of the runs.
func (d *Document) Caption() string {
	return cmp.Or(d.Snapshot().Values.String(), captionOf(d.object.Settings))
}

// Findings are what was found in each of the runs.
func (d *Document) Findings() [][]findings.Finding {
	found := make([][]findings.Finding, len(d.object.Runs))
	for i, run := range d.object.Runs {
		for _, f := range run.Findings {
			found[i] = append(found[i], findings.Finding(f))
		}
	}
	return found
}
