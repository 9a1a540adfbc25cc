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
)

// The answer that a lesson calls right is what a run shows: with the
// settings of its page and with two others.
func TestRightAnswersAreRight(t *testing.T) {
	predictions := 0
	for _, lesson := range lessons.All() {
		text, err := content.Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		facts := lessontest.FactsOf(t, lesson.ID)
		if len(facts.Settings.Predicted) < 2 {
			t.Errorf("%s is not tried with other settings", lesson.ID)
		}
		found := 0
		for _, page := range text.Pages {
			asked, ok := page.Predict()
			if !ok {
				continue
			}
			found++
			run := page.Blocks[len(page.Blocks)-1].(content.Run)
			for _, more := range append([][]string{nil}, facts.Settings.Predicted...) {
				set := append(plan.Assignments(run), more...)
				t.Run(lesson.ID+"/"+asked.ID+"/"+strings.Join(set, " "), func(t *testing.T) {
					checkRight(t, lesson, facts, run, asked, set)
				})
			}
		}
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

func checkRight(t *testing.T, lesson lessons.Lesson, facts lessontest.Facts, run content.Run, asked content.Predict, set []string) {
	languages := plan.Go
	if asked.Language == content.Python {
		needPython(t)
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
	if lesson.Serve == nil && languages == plan.Go && !facts.Computes && !r.Variants[0].Partial && !timeless {
		if wrong := wrong(p, inVirtualTimeGo(t, r)); wrong != "" {
			t.Error(wrong)
		}
		return
	}
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	if !slices.ContainsFunc(r.Parts(), func(part player.Part) bool { return p.DecidedBy(part, r.Values) }) {
		t.Fatal("nothing decides it")
	}
	play := func() []player.Snapshot { return playedTogether(t, r, 2) }
	switch {
	case lesson.OneAtATime:
		play = func() []player.Snapshot { return playedTogether(t, r, 1) }
	case asked.Measure != content.MeasureCount:
		t.Parallel() // nothing that it shows depends on having the CPUs alone
	}
	if asked.Measure == content.MeasureCPU {
		play = func() []player.Snapshot { return []player.Snapshot{playedWithCosts(t, r)} }
	}
	checkMajority(t, lesson, p, play)
}

// checkMajority plays the runs until the right answer has been right twice
// as often as not, and more than once. A machine with
// much else to do may need several attempts, but an answer that is right now
// and then is not.
func checkMajority(t *testing.T, lesson lessons.Lesson, p *predict.Prediction, play func() []player.Snapshot) {
	t.Helper()
	const most = 12
	var misses []string
	right, busy := 0, 0
	for right+len(misses)+busy < most {
		for _, snapshot := range play() {
			if failed := snapshot.Failed(); failed != "" {
				t.Fatal(failed)
			}
			wrong := wrong(p, snapshot)
			switch {
			case wrong == "":
				right++
			case late(snapshot), snapshot.Busy(): // it says something of the machine alone
				busy++
			case lesson.OneAtATime && !cpusAreFree():
				t.Skip("others take the CPUs:", wrong)
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
	t.Errorf("wrong in %d of %d runs: %s", len(misses), most, strings.Join(misses, "; "))
}

// late reports whether a run took much longer than it does where nobody else
// takes the CPUs, as far as that is known.
func late(s player.Snapshot) bool {
	return slices.ContainsFunc(s.Runs, func(run player.Recording) bool {
		ideal := run.Job.Ideal
		return ideal > 0 && run.Status.Elapsed > ideal+ideal/4+10*time.Millisecond
	})
}

// cpusAreFree reports whether all CPUs compute as fast together as one alone. They
// do not where others compute, too, or where two of them are one core.
func cpusAreFree() bool {
	took := func(cpus int) time.Duration {
		var computing sync.WaitGroup
		start := time.Now()
		for range cpus {
			computing.Go(func() {
				sum := [sha256.Size]byte{}
				for range 2_000_000 {
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
