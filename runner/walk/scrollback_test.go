package walk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/prompt"
)

// How timelines stand: two side by side in a wide window, with their axes,
// and four in two languages; or stacked in a narrow one.
const (
	sideBySide = `(?m)^ sequential · Go +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`
	stacked    = `(?m)^ sequential · Go  .*$(?s:.*)^ concurrent · Go  .*$`
	twoByTwo   = `(?m)^ sequential · Python +sequential · Go$(?s:.*)^ concurrent · Python +concurrent · Go$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`
	allStacked = `(?m)^ sequential · Python  .* sequential · Go  .*$(?s:.*)^ concurrent · Python  .* concurrent · Go  .*$(?s:.*)^ +╵0\S+ .* +╵0\S+ .*$`
)

// short and endless are settings of tasks: runs that are over soon, and
// that are not over before the test is.
var (
	short   = []string{"a=60ms", "b=30ms"}
	endless = []string{"a=1h"}
)

// watching is a headless screen on which a request is played in the scrollback.
func watching(t *testing.T, o headlessOptions, r plan.Request, keys bool) *headless {
	t.Helper()
	return start(t, o, func(ctx context.Context, tour *Tour) error {
		return Watch(ctx, tour.screen, tour.player, r, keys)
	})
}

// foundPython is the interpreter of this machine. It takes a while to tell
// its version, so it is asked once.
var foundPython = sync.OnceValues(func() (player.Interpreter, error) {
	return player.FindPython(context.Background(), os.Environ())
})

// withPython is an environment that names the interpreter of this machine.
// Where there is none it skips the test; in CI that is an error.
func withPython(t *testing.T) []string {
	t.Helper()
	python, err := foundPython()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return []string{player.PythonVariable + "=" + python.Executable}
}

// lookFor looks back through the time of a run, from where the cursor first
// stands, until the expression matches.
func (d *headless) lookFor(expression string) {
	d.t.Helper()
	wanted := regexp.MustCompile(expression)
	for d.press("right"); !wanted.MatchString(d.text()); d.press("left") {
		if shown := d.text(); !strings.Contains(shown, "▲") || strings.Contains(shown, " at 0 s") {
			d.t.Fatalf("no match of %q:\n%s", expression, shown)
		}
	}
}

// lastFrame is what the program left when it ended.
func (d *headless) lastFrame() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return ansi.Strip(d.model.View().Content)
}

// checkLastFrame waits for the end of a run with short settings and checks
// what stays of it.
func (d *headless) checkLastFrame() {
	d.t.Helper()
	if err := d.ends(); err != nil {
		d.t.Fatal(err)
	}
	shown := d.lastFrame()
	for _, want := range []string{"sequential · Go", "concurrent · Go", "A finished after 60ms", "B finished after 30ms", "█ running"} {
		if !strings.Contains(shown, want) {
			d.t.Errorf("no %q in\n%s", want, shown)
		}
	}
	for _, unwanted := range []string{"quit", "enter", "again", "▲"} {
		if strings.Contains(shown, unwanted) {
			d.t.Errorf("%q stays in\n%s", unwanted, shown)
		}
	}
	if n := strings.Count(shown, "█ running"); n != 1 {
		d.t.Errorf("%d frames in\n%s", n, shown)
	}
}

var sizes = []struct{ columns, rows int }{{120, 40}, {80, 24}}

func TestARunInTheScrollbackLeavesItsLastFrame(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%d×%d", size.columns, size.rows), func(t *testing.T) {
			t.Parallel()
			d := watching(t, headlessOptions{columns: size.columns, rows: size.rows}, request(t, "tasks", nil, plan.Go, short...), true)
			d.waitFor("sequential · Go", "concurrent · Go", "enter done", "r again")
			d.lookFor(`time\.Sleep\(d\)`)
			d.press("esc")
			if shown := d.text(); strings.Contains(shown, "▲") {
				t.Errorf("it still looks:\n%s", shown)
			}
			d.press("right")
			d.waitFor("▲")
			d.press("r")
			d.wait("second run", func() bool { return !strings.Contains(d.frame, "▲") && strings.Contains(d.frame, "enter done") })
			d.press("enter")
			d.checkLastFrame()
		})
		t.Run(fmt.Sprintf("%d×%d, without keys", size.columns, size.rows), func(t *testing.T) {
			t.Parallel()
			watching(t, headlessOptions{columns: size.columns, rows: size.rows}, request(t, "tasks", nil, plan.Go, short...), false).checkLastFrame()
		})
	}
}

func TestARunInTheScrollbackIsLeft(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]error{"ctrl+c": prompt.ErrInterrupted, "q": nil} {
		t.Run(key+" while it goes on", func(t *testing.T) {
			t.Parallel()
			d := watching(t, headlessOptions{}, request(t, "tasks", nil, plan.Go, endless...), true)
			d.waitFor("sequential · Go", "A started", "q quit")
			runs := d.played()
			d.press("enter", "r") // which mean nothing yet
			d.waitFor("sequential · Go", "A started", "q quit")
			d.press(key)
			if err := d.ends(); !errors.Is(err, want) || !runs.Ended() {
				t.Errorf("error %v, want %v; the runs have ended: %v", err, want, runs.Ended())
			}
		})
		t.Run(key+" after its end", func(t *testing.T) {
			t.Parallel()
			d := watching(t, headlessOptions{}, request(t, "tasks", nil, plan.Go, short...), true)
			d.waitFor("sequential · Go", "enter done")
			d.press(key)
			if err := d.ends(); !errors.Is(err, want) {
				t.Errorf("error %v, want %v", err, want)
			}
		})
	}
}

// played are the runs in the scrollback.
func (d *headless) played() *player.Comparison {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.model.(*scrollback).watch.Current()
}

func TestARunInTheScrollbackThatFails(t *testing.T) {
	t.Parallel()
	r := request(t, "fetch", []string{"sequential"}, plan.Go, "urls=http://127.0.0.1:1/")
	d := watching(t, headlessOptions{}, r, false)
	if err := d.ends(); !errors.Is(err, fault.ErrRunFailed) {
		t.Errorf("error %v, want %v", err, fault.ErrRunFailed)
	}
	if shown := d.lastFrame(); !strings.Contains(shown, "127.0.0.1:1") {
		t.Errorf("it does not say why:\n%s", shown)
	}
}

func TestPythonInTheScrollback(t *testing.T) {
	t.Parallel()
	python := withPython(t)
	for _, tt := range []struct {
		columns, rows       int
		both, withoutPython string
	}{{140, 40, twoByTwo, sideBySide}, {80, 24, allStacked, stacked}} {
		t.Run(fmt.Sprintf("%d×%d", tt.columns, tt.rows), func(t *testing.T) {
			t.Parallel()
			o := headlessOptions{columns: tt.columns, rows: tt.rows, environ: python}
			d := watching(t, o, request(t, "tasks", nil, plan.Both, short...), true)
			d.waitForMatch(tt.both, "enter done", `(faster|slower)(?s:.*)(faster|slower)`)
			d.lookFor(`await a.*time\.Sleep\(d\)`)
			d.press("p")
			d.waitForMatch(tt.withoutPython, "enter done", "p Python")
			d.press("p")
			d.waitForMatch(tt.both, "enter done")
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestARunInTheScrollbackIsResized(t *testing.T) {
	t.Parallel()
	for name, set := range map[string][]string{"while it goes on": endless, "after its end": short} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := watching(t, headlessOptions{columns: 120, rows: 40}, request(t, "tasks", nil, plan.Go, set...), true)
			d.waitFor("A started")
			if name == "after its end" {
				d.waitFor("enter done")
			}
			d.resizeThereAndBack(sideBySide, stacked)
			d.press("q")
			if err := d.ends(); err != nil {
				t.Error(err)
			}
		})
	}
}

// resizeThereAndBack makes the window of 120 by 40 narrow, too small, and as
// before. What does not move is then as it was.
func (d *headless) resizeThereAndBack(wide, narrow string) {
	d.t.Helper()
	d.waitForMatch(wide)
	d.resize(120, 40) // the whole of it is drawn now
	before := d.text()
	d.resize(80, 24)
	d.waitForMatch(narrow, "enter|quit")
	d.resize(30, 8)
	d.waitFor("too small")
	d.resize(120, 40)
	d.waitForMatch(wide)
	if after := d.text(); strings.Contains(before, "r again") && after != before {
		d.t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestARunOfAThousandLanes(t *testing.T) {
	t.Parallel()
	r := request(t, "fetch", []string{"concurrent"}, plan.Go, "pages=1000", "latency=1s")
	d := watching(t, headlessOptions{columns: 120, rows: 40}, r, true)
	d.waitForMatch(`(?m)^ waiting +▏.*[⡀⣀⣄⣤⣦⣶⣷⣿]`, `(?m)^ running +▏`, `lanes`)
	shown := d.waitFor("enter done")
	if !regexp.MustCompile(`Fetched .*/page1000\.\.\. \d+ bytes`).MatchString(shown) {
		t.Errorf("no last page in\n%s", shown)
	}
	d.lookFor(`(?m)^ at [\d.]+ m?s: .*[1-9]\d* waiting`)
	d.press("enter")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}
