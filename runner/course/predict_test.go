package course_test

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/predict"
	"gosyncio/runner/timeline"
)

// A claim is the answer that a lesson calls right, for one choice of settings.
type claim struct {
	name    string
	lesson  lessons.Lesson
	asked   *predict.Prediction
	request plan.Request
	virtual bool // virtual time shows whether it is right
}

// timed reports whether it is about how long runs take.
func (c claim) timed() bool {
	return c.asked.Measure == content.MeasureTime || c.asked.Measure == content.MeasureSpeedup
}

// claims are those of a lesson: with the settings of each page and with two
// others.
func claims(t *testing.T, lesson lessons.Lesson) (all []claim) {
	t.Helper()
	text, err := content.Load(lesson.ID)
	if err != nil {
		t.Fatal(err)
	}
	facts := lessontest.FactsOf(t, lesson.ID)
	for _, page := range text.Pages {
		asked, ok := page.Predict()
		if !ok {
			continue
		}
		run := page.Blocks[len(page.Blocks)-1].(content.Run)
		for _, more := range append([][]string{nil}, facts.Settings.Predicted...) {
			set := append(plan.Assignments(run), more...)
			languages := plan.Go
			if asked.Language == content.Python {
				languages = plan.Python
			}
			variants := []string{asked.Variant}
			if asked.Measure == content.MeasureSpeedup && asked.Variant != "sequential" {
				variants = append(variants, "sequential")
			}
			r := request(t, lesson.ID, variants, set, languages)
			p, err := predict.New(asked, r)
			if err != nil {
				t.Fatal(err)
			}
			// Virtual time stands still for what computes, and does not end with main.
			timeless := asked.Measure == content.MeasureBars || asked.Measure == content.MeasureCPU // nothing is traced, nothing costs
			virtual := lesson.Serve == nil && languages == plan.Go && !facts.Computes && !r.Variants[0].Partial && !timeless && facts.RealTime.Go[asked.Variant] == ""
			all = append(all, claim{asked.ID + "/" + strings.Join(set, " "), lesson, p, r, virtual})
		}
	}
	return all
}

func TestEachLessonAsksAndIsTriedWithOtherSettings(t *testing.T) {
	t.Parallel()
	predictions := 0
	for _, lesson := range lessons.All() {
		text, err := content.Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		others := len(lessontest.FactsOf(t, lesson.ID).Settings.Predicted)
		if others < 2 {
			t.Errorf("%s is not tried with other settings", lesson.ID)
		}
		found := len(claims(t, lesson)) / (1 + others)
		if found == 0 {
			t.Errorf("%s has no prediction", lesson.ID)
		}
		if _, ok := text.Quiz(); !ok {
			t.Errorf("%s has no quiz", lesson.ID)
		}
		predictions += found
	}
	t.Log(predictions, "predictions")
}

// The answer that a lesson calls right is what a run shows: in virtual time,
// as far as that can tell.
func TestRightAnswersAreRightInVirtualTime(t *testing.T) {
	for _, lesson := range lessons.All() {
		for _, c := range claims(t, lesson) {
			if !c.virtual {
				continue
			}
			t.Run(lesson.ID+"/"+c.name, func(t *testing.T) {
				if wrong := wrong(c.asked, inVirtualTimeGo(t, c.request)); wrong != "" {
					t.Error(wrong)
				}
			})
		}
	}
}

// The others are shown to be right by real runs.
func TestRightAnswersAreRight(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range claims(t, lesson) {
				if c.virtual {
					continue
				}
				t.Run(c.name, func(t *testing.T) {
					if c.asked.Kind().Language == player.Python {
						needPython(t)
					}
					together := 1
					if !lesson.OneAtATime {
						t.Parallel()
						together = 2
					}
					checkMajority(t, c, together)
				})
			}
		})
	}
}

// checkMajority plays the runs until the right answer has been right twice
// as often as not, and more than once. A machine with
// much else to do may need several attempts, but an answer that is right now
// and then is not.
func checkMajority(t *testing.T, c claim, together int) {
	t.Helper()
	const most = 12
	var misses []string
	right, busy := 0, 0
	if !slices.ContainsFunc(c.request.Parts(), func(part player.Part) bool { return c.asked.DecidedBy(part, c.request.Values) }) {
		t.Fatal("nothing decides it")
	}
	for right+len(misses)+busy < most {
		for _, snapshot := range c.played(t, together) {
			if failed := snapshot.Failed(); failed != "" {
				t.Fatal(failed)
			}
			snapshot = c.undisturbed(snapshot)
			wrong := wrong(c.asked, snapshot)
			switch {
			case wrong == "":
				right++
			case !c.lesson.OneAtATime && late(snapshot), snapshot.Busy(): // it says something of the machine alone
				busy++
			default:
				misses = append(misses, wrong)
			}
		}
		if right > 1 && right >= 2*len(misses) {
			return
		}
	}
	if busy >= most/2 {
		t.Skip("this machine is too busy to tell")
	}
	if c.timed() && c.lesson.OneAtATime && !cpusAreFree() {
		t.Skip("CPUs do not compute at the same time here:", strings.Join(misses, "; "))
	}
	t.Errorf("wrong in %d of %d runs: %s", len(misses), most, strings.Join(misses, "; "))
}

// played are the runs, so many together, or one with what it costs.
func (c claim) played(t *testing.T, together int) []player.Snapshot {
	t.Helper()
	if c.asked.Measure == content.MeasureCPU {
		return []player.Snapshot{playedWithCosts(t, c.request)}
	}
	return playedTogether(t, c.request, together)
}

// undisturbed is what would have been seen if nobody else had taken the CPUs
// from the runs: what they print is the same, and what computes is over
// sooner.
func (c claim) undisturbed(s player.Snapshot) player.Snapshot {
	s.Runs = slices.Clone(s.Runs)
	for i := range s.Runs {
		run := &s.Runs[i]
		computes := run.Job.Variant.Computes(run.Job.Values) > 0
		run.Status.Busy = run.Status.Busy && c.timed() && !computes
		if !c.timed() || !computes {
			continue
		}
		had := run.Status.Elapsed // a CPU, as the language sees it
		if run.Job.Language == player.Go {
			had = 0
			for _, lane := range run.Lanes {
				had += lane.Total(timeline.Running)
			}
		}
		if cpu := run.Status.CPU; cpu < had {
			run.Status.Elapsed = time.Duration(float64(run.Status.Elapsed) * float64(cpu) / float64(had))
		}
	}
	return s
}

// late reports whether a run took much longer than it does where nobody else
// takes the CPUs, as far as that is known. It is not where runs are made one
// after the other: what they do takes longer than the waits that are ideal.
func late(s player.Snapshot) bool {
	return slices.ContainsFunc(s.Runs, func(run player.Recording) bool {
		ideal := run.Job.Ideal
		return ideal > 0 && run.Status.Elapsed > ideal+ideal/4+10*time.Millisecond
	})
}

// cpusAreFree reports whether all CPUs compute as fast together as one alone. They
// do not where two of them are one core, or where others compute, too.
func cpusAreFree() bool {
	took := func(cpus int) time.Duration {
		var computing sync.WaitGroup
		start := time.Now()
		for range cpus {
			computing.Go(func() {
				sum := [sha256.Size]byte{}
				for range 200_000 {
					sum = sha256.Sum256(sum[:])
				}
			})
		}
		computing.Wait()
		return time.Since(start)
	}
	one := took(1)
	return took(runtime.NumCPU()) < one*5/4
}

// wrong says how the runs differ from the right answer; "" if they do not.
func wrong(p *predict.Prediction, s player.Snapshot) string {
	o, ok := p.Measured(s)
	if !ok {
		return "nothing was measured"
	}
	got, want := p.Nearest(o), p.Right()
	if got == want {
		return ""
	}
	shown := "none of the answers"
	if got >= 0 {
		shown = p.Options[got].Text
	}
	return fmt.Sprintf("it was %s, that is %s; said to be right: %s", o.Text, shown, p.Options[want].Text)
}

// inVirtualTimeGo runs the request's variants in virtual time.
func inVirtualTimeGo(t *testing.T, r plan.Request) (s player.Snapshot) {
	t.Helper()
	for _, part := range r.Parts() {
		run := player.Recording{Job: player.Job{Part: part}, Status: player.Status{Phase: player.Ended}}
		printed := lessontest.Output(t, func() {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				if err := part.Variant.Run(t.Context(), r.Values); err != nil {
					t.Error(err)
				}
				run.Status.Elapsed = time.Since(start)
			})
		})
		for _, line := range printed {
			run.Status.Output = append(run.Status.Output, player.Line{Text: line})
		}
		s.Runs = append(s.Runs, run)
	}
	return s
}
