package walk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons"
	"gosyncio/runner/cpus"
	"gosyncio/runner/plan"
	"gosyncio/runner/terminal"
)

// toChange goes to the menu of changes, from the page of tasks with the run
// of one second that nothing is asked about.
func (d *headless) toChange() {
	d.t.Helper()
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("concurrent · Go", "enter next", "c change")
	d.press("c")
	d.waitFor("what do you want to change?", "> run with these settings", "  back to what the page sets")
}

// set sets a setting of tasks to a value that is typed, in the menu of
// changes.
func (d *headless) setTo(usage, value string) {
	d.t.Helper()
	d.choose(usage)
	d.choose("another value")
	d.waitFor("enter takes it")
	for _, letter := range value {
		d.press(string(letter))
	}
	d.waitFor("> "+value+"_", "enter takes it")
	d.press("enter")
	d.waitFor("what do you want to change?")
}

// changing is a headless screen on which a request is being changed, and what has come
// of that once it is over.
type changing struct {
	*headless
	request plan.Request
	run     bool
}

func sitChanging(t *testing.T, r plan.Request) *changing {
	t.Helper()
	c := &changing{}
	c.headless = start(t, headlessOptions{}, func(ctx context.Context, tour *Tour) (err error) {
		c.request, c.run, err = change{tour.screen, terminal.NewStyle(false)}.ask(ctx, r)
		return err
	})
	c.waitFor("what do you want to change?", "> run with these settings")
	return c
}

// ended checks how it ended.
func (c *changing) ended(run bool, want plan.Request) {
	c.t.Helper()
	if err := c.ends(); err != nil {
		c.t.Error(err)
	}
	if got := c.request; c.run != run || got.Caption() != want.Caption() || got.Languages != want.Languages {
		c.t.Errorf("run %v of %s in %s, want %v, %s, %s", c.run, got.Caption(), got.Languages, run, want.Caption(), want.Languages)
	}
}

// request is one of a lesson, with settings.
func request(t *testing.T, lesson string, variants []string, languages plan.Languages, set ...string) plan.Request {
	t.Helper()
	r, err := plan.New(lesson, variants, set, languages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSettingsAreChanged(t *testing.T) {
	t.Parallel()
	c := sitChanging(t, request(t, "tasks", nil, plan.Go))
	c.waitForMatch(`(?m)^tasks: what do you want`, `(?m)^  a +2s +how long worker A takes`, `(?m)^  b +1s `,
		`(?m)^  CPUs +usual +how many Go may use \(GOMAXPROCS\)`, `(?m)^  language +go +go, python or both`, `(?m)^  leave it as it was, without a run`)

	// To a value that is offered.
	c.choose("worker B")
	c.waitFor("b, how long worker B takes", "> 1s", "another value")
	c.choose("100ms")
	c.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +2s `, `(?m)^  b +100ms `)

	// And to one that is typed. A bad one is not taken.
	toTyping := func() {
		t.Helper()
		c.choose("worker A")
		c.waitFor("a, how long worker A takes", "> 2s", "another value")
		c.choose("another value")
		c.waitFor("a, how long worker A takes", "> 2s_", "enter takes it")
	}
	toTyping()
	c.press("s", "o", "o", "n", "enter", "e")
	c.waitFor("> soone_", "not a duration")
	c.press("esc")
	c.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +2s `, `(?m)^  b +100ms `)
	toTyping()
	c.press("3", "0", "0", "m", "s", "enter")
	c.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +300ms `, `(?m)^  b +100ms `)

	c.answer(0)
	c.ended(true, request(t, "tasks", nil, plan.Go, "a=300ms", "b=100ms"))
}

func TestCPUsAndLanguageAreChanged(t *testing.T) {
	t.Parallel()
	c := sitChanging(t, request(t, "tasks", nil, plan.Both, "a=1s"))
	c.choose("CPUs")
	c.waitFor("How many CPUs may Go use?", "> usual", "  1", "  2", "  4", "  8", fmt.Sprint("  ", cpus.Available()))
	c.answer(1)
	c.waitForMatch(`(?m)^  CPUs +1 `)
	c.choose("CPUs")
	c.waitFor("> 1")
	c.answer(2)
	c.choose("language")
	c.waitFor("In which language?", "  go", "  python", "> both")
	c.choose("go")
	c.waitForMatch(`(?m)^  CPUs +2 `, `(?m)^  language +go `)
	c.answer(0)
	want := request(t, "tasks", nil, plan.Go, "a=1s")
	want.Procs = 2
	c.ended(true, want)
}

// What was changed is taken back by one answer, but for the language, which
// holds from then on. And no change needs a run.
func TestWhatThePageSets(t *testing.T) {
	t.Parallel()
	c := sitChanging(t, request(t, "tasks", nil, plan.Both, "a=1s"))
	c.choose("worker A")
	c.choose("500ms")
	c.choose("CPUs")
	c.answer(1)
	c.choose("language")
	c.choose("go")
	c.waitForMatch(`(?m)^  a +500ms `, `(?m)^  CPUs +1 `)
	c.choose("back to what the page sets")
	c.waitForMatch(`(?m)^> run with these settings$`, `(?m)^  a +1s `, `(?m)^  CPUs +usual `, `(?m)^  language +go `)
	c.choose("leave it as it was")
	c.ended(false, request(t, "tasks", nil, plan.Go, "a=1s"))
}

// A variant may be in one language alone.
func TestThereIsNothingInALanguage(t *testing.T) {
	t.Parallel()
	c := sitChanging(t, request(t, "cpubound", []string{"threads"}, plan.Both))
	c.choose("language")
	c.choose("go")
	c.waitForMatch(`(?m)^  language +go `)
	c.answer(0)
	c.waitFor("cpubound: there is nothing of this in go, choose another language", "> run with these settings")
	c.choose("language")
	c.choose("python")
	c.answer(0)
	c.ended(true, request(t, "cpubound", []string{"threads"}, plan.Python))
}

// What is offered is what a setting takes, the value of now to begin with.
func TestOfferedValues(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		for i, setting := range lesson.Settings {
			t.Run(lesson.ID+" "+setting.Name, func(t *testing.T) {
				t.Parallel()
				c := sitChanging(t, request(t, lesson.ID, nil, plan.Go))
				c.answer(1 + i)
				shown := c.waitForMatch(`another value|> _`)
				if strings.Contains(shown, "> _") { // there is nothing to offer
					c.press("ctrl+c")
					return
				}
				q := c.asked()
				choices := q.Choices
				if last := choices[len(choices)-1].Label; last != "another value" || choices[q.Current].Label != setting.Default {
					t.Errorf("%q is offered first, %q last", choices[q.Current].Label, last)
				}
				seen := map[string]bool{}
				for _, choice := range choices[:len(choices)-1] {
					if _, err := lesson.Defaults().With(setting.Name, choice.Label); err != nil || seen[choice.Label] {
						t.Errorf("%s is offered; twice: %v, error: %v", choice.Label, seen[choice.Label], err)
					}
					seen[choice.Label] = true
				}
				c.interrupt()
			})
		}
	}
}

// A prediction is made anew for settings for which there is none, and the
// run before stays to compare with.
func TestAPredictionIsMadeAnewForOtherSettings(t *testing.T) {
	t.Parallel()
	d := atPage(t, 3, headlessOptions{columns: 120, rows: 40})

	// Predicted wrong: the note says what was said, what it was, and why.
	d.toPrediction()
	d.choose("3 s")
	d.waitForMatch("◆ you said 3 s", `[AB] (started|finished)`, `(n|enter) next `)
	d.waitForMatch(`◆ you said 3 s\. That would be one after the other\. Here both wait at the same time\. (It was|But this time) `, `(?m)^ +╵0\S+ .*◆`, "enter next")

	d.press("c")
	d.setTo("worker A", "300ms")
	d.setTo("worker B", "100ms")
	d.answer(0)
	d.waitFor("How long does concurrent take? (a=300ms b=100ms)", "> 100 ms", "  300 ms", "  400 ms", "  (just run it)")
	d.choose("300 ms")
	shown := d.waitForMatch(`◆ you said 300 ms(: right)?\. The waits overlap`, `before: \d+\.\d\d s(?s:.*)before: \d+\.\d\d s`, "a=300ms b=100ms", "enter next")

	// For the same settings nothing is asked again.
	before := beforeIn(shown)
	d.press("r")
	d.wait("another run", func() bool {
		return strings.Contains(d.frame, "◆ you said 300 ms") && strings.Contains(d.frame, "enter next") && beforeIn(d.frame) != before
	})

	// A prediction that is passed over is not asked again either.
	d.press("c")
	d.setTo("worker A", "200ms")
	d.answer(0)
	d.waitFor("How long does concurrent take? (a=200ms b=100ms)")
	d.choose("(just run it)")
	d.settled("a=200ms b=100ms", "enter next", "c change")
	d.press("c")
	d.answer(0)
	d.wait("run or question", func() bool { return d.question != nil || d.pending > 0 })
	if shown := d.text(); strings.Contains(shown, "just run it") || strings.Contains(shown, "you said") {
		t.Errorf("asked again, or told:\n%s", shown)
	}
	if shown := d.settled("before: ", "enter next"); strings.Contains(shown, "you said") {
		t.Errorf("told:\n%s", shown)
	}
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}

	state := d.state()
	var said []string
	for _, p := range state.Decided() {
		said = append(said, fmt.Sprint(p.Lesson, p.Key, p.Settings, p.Given, p.Right == (p.Given == p.Correct))) // what was measured depends on the machine
	}
	if want := []string{
		fmt.Sprint("tasks", "both", map[string]string{"a": "2s", "b": "1s"}, "3 s", true),
		fmt.Sprint("tasks", "both", map[string]string{"a": "300ms", "b": "100ms"}, "300 ms", true),
	}; !slices.Equal(said, want) {
		t.Errorf("predictions: %q, want %q", said, want)
	}
	outcomes := map[string]int{}
	for _, o := range state.Outcomes {
		outcomes[fmt.Sprint(o.Lesson, " ", o.Key, o.Settings)]++
	}
	if diff := cmp.Diff(map[string]int{"tasks bothmap[a:2s b:1s]": 1, "tasks bothmap[a:300ms b:100ms]": 2}, outcomes); diff != "" {
		t.Errorf("outcomes: (-want +got):\n%s", diff)
	}
	runs := map[string]int{}
	for _, r := range state.Runs {
		runs[fmt.Sprint(r.Lesson, " ", r.Variant, " ", r.Language, r.Settings)]++
		if r.Elapsed <= 0 {
			t.Errorf("a run took %v", r.Elapsed)
		}
	}
	if diff := cmp.Diff(map[string]int{
		"tasks sequential gomap[a:2s b:1s]":       1,
		"tasks concurrent gomap[a:2s b:1s]":       1,
		"tasks sequential gomap[a:300ms b:100ms]": 2,
		"tasks concurrent gomap[a:300ms b:100ms]": 2,
		"tasks sequential gomap[a:200ms b:100ms]": 2,
		"tasks concurrent gomap[a:200ms b:100ms]": 2,
	}, runs); diff != "" {
		t.Errorf("runs: (-want +got):\n%s", diff)
	}
}
