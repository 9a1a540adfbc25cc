package player

import (
	"maps"
	"slices"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/timeline"
)

// OwnProgram is the ID of the lesson in a Snapshot of programs of the learner's
// own, which are of none.
const OwnProgram = "watch"

// A Snapshot is a comparison as it was at one moment. It never changes, and
// whatever shows or writes runs does so from one.
type Snapshot struct {
	Lesson lessons.Lesson
	Values lessons.Values
	Ended  bool // all runs had ended, and no child was left
	Runs   []Recording
}

// A Recording is a run as it was at one moment.
type Recording struct {
	Job    Job
	Status Status
	Lanes  []timeline.Lane // what its goroutines or tasks had done
	Count  int             // how many lanes there were, where Lanes may not be all; see Glance
	// Density is that of the lanes, and of those that there was no room to
	// keep. Cut says that there were some, or more in the lanes.
	Density timeline.Density
	Cut     bool
	Kept    bool // it was made for an earlier comparison
}

// Snapshot is the comparison as it is now.
func (c *Comparison) Snapshot() Snapshot {
	s := Snapshot{Lesson: c.Lesson, Values: c.Values, Ended: c.Ended()} // asked first: then what follows is the end
	for _, run := range c.Runs {
		s.Runs = append(s.Runs, Recording{
			Job: run.Job, Status: run.Status(),
			Lanes: run.Timeline.Snapshot(), Density: run.Timeline.Density(), Cut: run.Timeline.Cut(),
		})
	}
	return c.withKept(s)
}

// Glance is Snapshot, with at most so many lanes of each run, and the density
// only of those that have more.
func (c *Comparison) Glance(most int) Snapshot {
	s := Snapshot{Lesson: c.Lesson, Values: c.Values, Ended: c.Ended()} // asked first, as above
	for _, run := range c.Runs {
		r := Recording{Job: run.Job, Status: run.Status(), Cut: run.Timeline.Cut()}
		if r.Lanes, r.Count = run.Timeline.Glance(most); r.Count > most {
			r.Density = run.Timeline.Density()
		}
		s.Runs = append(s.Runs, r)
	}
	return c.withKept(s)
}

// withKept is a snapshot of what is run, and in their places what was kept.
func (c *Comparison) withKept(s Snapshot) Snapshot {
	for _, i := range slices.Sorted(maps.Keys(c.kept)) {
		s.Runs = slices.Insert(s.Runs, i, c.kept[i])
	}
	return s
}

// Present are the runs that could be made: all, or without those in Python
// if there is no Python.
func (s Snapshot) Present() []Recording {
	var present []Recording
	for _, run := range s.Runs {
		if run.Status.Missing == nil {
			present = append(present, run)
		}
	}
	return present
}

// Succeeded are the runs that have ended well.
func (s Snapshot) Succeeded() []Recording {
	return slices.DeleteFunc(s.Present(), func(r Recording) bool { return r.Status.Phase != Ended || r.Status.Err != "" })
}

// Elapsed is how long each run took that has ended well.
func (s Snapshot) Elapsed() map[Kind]time.Duration {
	elapsed := map[Kind]time.Duration{}
	for _, run := range s.Succeeded() {
		elapsed[run.Job.Kind()] = run.Status.Elapsed
	}
	return elapsed
}

// Missing says why there is no Python for runs in Python; nil if there is.
func (s Snapshot) Missing() *fault.Error {
	for _, run := range s.Runs {
		if missing := run.Status.Missing; missing != nil {
			return missing
		}
	}
	return nil
}

// Name is how a run is called among these: by its variant, and its language
// if they are in more than one.
func (s Snapshot) Name(job Job) string {
	for _, run := range s.Runs {
		if run.Job.Language != s.Runs[0].Job.Language {
			return job.Variant.Name + " " + job.Language.String()
		}
	}
	return job.Variant.Name
}

// WithoutLanes is the comparison as it is now, without the lanes, which are
// the larger part.
func (c *Comparison) WithoutLanes() Snapshot {
	s := Snapshot{Lesson: c.Lesson, Values: c.Values, Ended: c.Ended()}
	for _, run := range c.Runs {
		s.Runs = append(s.Runs, Recording{Job: run.Job, Status: run.Status(), Cut: run.Timeline.Cut()})
	}
	return c.withKept(s)
}

// Failed is the first that went wrong in the runs; "" if nothing did. That
// there is no Python counts only if there was nothing else to run.
func (s Snapshot) Failed() string {
	for _, run := range s.Present() {
		if err := run.Status.Err; err != "" {
			return s.Name(run.Job) + ": " + err
		}
	}
	if missing := s.Missing(); missing != nil && len(s.Present()) == 0 {
		return missing.What
	}
	return ""
}
