package runner

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
	"gosyncio/runner/player"
)

// tried are settings, besides those of a page, with which the right answers
// of a lesson's predictions are to be right.
var tried = map[string][][]string{
	"eventloop":  {{"a=200ms", "b=500ms", "c=900ms"}, {"a=3s", "b=1s", "c=2s"}},
	"coroutines": {{"delay=300ms", "count=2"}, {"delay=2s", "count=10"}},
	"tasks":      {{"a=700ms", "b=1300ms"}, {"a=5s", "b=1s"}},
	"gather":     {{"a=700ms", "b=1300ms"}, {"a=5s", "b=1s"}},
	"fetch":      {{"latency=60ms"}, {"latency=100ms", "pages=12"}},
	"cpubound":   {{"size=100000", "n=3"}, {"n=6", "size=60000"}},
	"pools":      {{"jobs=50", "each=20ms", "size=2"}, {"jobs=64", "each=30ms", "size=16"}},
	"sockets":    {{"clients=500"}, {"clients=1000", "pause=200ms"}},
	"database":   {{"queries=4", "each=200ms"}, {"queries=5", "each=400ms", "limit=3"}},
	"rules":      {{"delay=300ms", "count=60"}, {"delay=500ms", "count=200"}},
}

// The answer that a lesson calls right is what a run shows: with the
// settings of its page and with two others.
func TestRightAnswersAreRight(t *testing.T) {
	predictions := 0
	for _, lesson := range lessons.All() {
		text, err := content.Load(lesson.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(tried[lesson.ID]) < 2 {
			t.Errorf("%s is not tried with other settings", lesson.ID)
		}
		found := 0
		for _, page := range text.Pages {
			predict, ok := page.Predict()
			if !ok {
				continue
			}
			found++
			run := page.Blocks[len(page.Blocks)-1].(content.Run)
			for _, more := range append([][]string{nil}, tried[lesson.ID]...) {
				set := append(assignments(run), more...)
				t.Run(lesson.ID+"/"+predict.ID+"/"+strings.Join(set, " "), func(t *testing.T) {
					checkRight(t, lesson, run, predict, set)
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

func checkRight(t *testing.T, lesson lessons.Lesson, run content.Run, predict content.Predict, set []string) {
	with := withGo
	if predict.Language == string(withPython) {
		needPython(t)
		with = withPython
	}
	variants := []string{predict.Variant}
	if predict.Measure == content.MeasureSpeedup && predict.Variant != "sequential" {
		variants = append(variants, "sequential")
	}
	r, err := newRequest(lesson.ID, variants, set, with)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPrediction(predict, r)
	if err != nil {
		t.Fatal(err)
	}
	// Virtual time stands still for what computes, and does not end with main.
	computes := lesson.ID == "cpubound" || lesson.ID == "rules"
	if lesson.Serve == nil && with == withGo && !computes && !r.variants[0].Partial {
		o, ok := p.outcome(inVirtualTimeGo(t, r))
		if wrong := p.wrong(o, ok); wrong != "" {
			t.Error(wrong)
		}
		return
	}
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	// A machine with much else to do may need several attempts.
	var wrong string
	for range 10 {
		c, err := testApp().play(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		c.Wait()
		for _, run := range c.Runs {
			if s := run.Status(); s.Err != "" {
				t.Fatalf("%s: %s", run.Job.Variant.Name, s.Err)
			}
		}
		if wrong = p.wrong(p.measured(c)); wrong == "" {
			return
		}
	}
	if lesson.ID == "cpubound" && !cpusAreFree() {
		t.Skip("others take the CPUs:", wrong)
	}
	t.Error(wrong)
}

// cpusAreFree is whether all CPUs compute as fast together as one alone. They
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

// wrong says how an outcome differs from the right answer; "" if it does
// not.
func (p *prediction) wrong(o outcome, ok bool) string {
	if !ok {
		return "nothing was measured"
	}
	got, want := p.nearest(o), p.right()
	if got == want {
		return ""
	}
	shown := "none of the answers"
	if got >= 0 {
		shown = p.options[got].text
	}
	return fmt.Sprintf("it was %s, that is %s; said to be right: %s", o.text, shown, p.options[want].text)
}

// inVirtualTimeGo runs the request's variants in virtual time. The lines
// are those of the first.
func inVirtualTimeGo(t *testing.T, r request) (elapsed map[player.Kind]time.Duration, lines []string) {
	t.Helper()
	elapsed = map[player.Kind]time.Duration{}
	for i, variant := range r.variants {
		var took time.Duration
		printed := lessontest.Output(t, func() {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				if err := variant.Run(t.Context(), r.values); err != nil {
					t.Error(err)
				}
				took = time.Since(start)
			})
		})
		elapsed[player.Kind{Variant: variant.Name, Language: player.Go}] = took
		if i == 0 {
			lines = printed
		}
	}
	return elapsed, lines
}

// What is said of an answer does not contradict what the run has shown.
func TestVerdict(t *testing.T) {
	world := content.Predict{Measure: content.MeasureCount, Of: "World", Answers: []content.Answer{
		{Is: "0", Right: true, Why: "Nobody waits."}, {Is: "1", Why: "It would have to pause."},
	}}
	last := content.Predict{Measure: content.MeasureLastLine, Answers: []content.Answer{
		{Is: "B", Right: true, Why: "It is slower."}, {Is: "A", Why: "It is quicker."},
	}}
	r, err := newRequest("tasks", nil, nil, withGo)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		predict content.Predict
		said    string
		outcome outcome
		want    string
	}{
		{world, "0", outcome{"0", 0}, ": right. Nobody waits."},
		{world, "0", outcome{"1", 1}, ". Nobody waits. This time it was 1."},
		{world, "1", outcome{"0", 0}, ". It would have to pause. It was 0."},
		{world, "1", outcome{"1", 1}, ". It would have to pause. But this time it was so."},
		{last, "B", outcome{text: "B"}, ": right. It is slower."},
		{last, "B", outcome{text: "C"}, `. It is slower. This time it was "C".`},
		{last, "A", outcome{text: "B"}, `. It is quicker. It was "B".`},
	} {
		p, err := newPrediction(tt.predict, r)
		if err != nil {
			t.Fatal(err)
		}
		p.said = slices.IndexFunc(p.options, func(o option) bool { return o.text == tt.said })
		if got := p.verdict(tt.outcome); got != tt.want {
			t.Errorf("said %s, it was %s: %q, want %q", tt.said, tt.outcome.text, got, tt.want)
		}
	}
}
