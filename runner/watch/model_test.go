package watch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/export"
	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A fakeRun is a program of which everything is known.
type fakeRun struct {
	name     string
	language player.Language
	status   player.Status
	lanes    []timeline.Lane
	found    []findings.Finding
}

func (r *fakeRun) Name() string                 { return r.name }
func (r *fakeRun) Language() player.Language    { return r.language }
func (r *fakeRun) Status() player.Status        { return r.status }
func (r *fakeRun) Findings() []findings.Finding { return r.found }
func (r *fakeRun) Window(from, to time.Duration) (lanes []timeline.Lane, since time.Duration) {
	for _, l := range r.lanes {
		if l.Span(0).Start < to && l.Span(l.Len()-1).End > from {
			lanes = append(lanes, l)
		}
	}
	return lanes, 0
}

// A watched is a model of runs that have come to a time.
type watched struct {
	*Model
	t    *testing.T
	runs []*fakeRun
	done chan struct{}
	stop int // how often they were asked to end
}

var began = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// shows is a model of runs that have gone on for at, in a window of that size.
func shows(t *testing.T, at time.Duration, width, height int, runs ...*fakeRun) *watched {
	t.Helper()
	s := &watched{t: t, runs: runs, done: make(chan struct{})}
	p := Programs{Done: s.done, Changed: make(chan struct{}), HasOutput: true, Stop: func() { s.stop++ }}
	for _, r := range runs {
		r.status.Start, r.status.Phase = began, player.Going
		p.Runs = append(p.Runs, r)
	}
	s.Model = newModel(p, false)
	s.now = func() time.Time { return began.Add(at) }
	s.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

// end ends all runs.
func (s *watched) end(after time.Duration) {
	for _, r := range s.runs {
		r.status.Phase, r.status.Elapsed = player.Ended, after
	}
	close(s.done)
	s.Update(frameMsg{})
}

// screen draws the model, and checks that it fits.
func (s *watched) screen() string {
	s.t.Helper()
	lines := strings.Split(ansi.Strip(s.View().Content), "\n")
	if len(lines) > s.height {
		s.t.Errorf("%d lines in a window of %d", len(lines), s.height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > s.width {
			s.t.Errorf("line %d is %d wide in a window of %d: %q", i, w, s.width, line)
		}
	}
	return strings.Join(lines, "\n")
}

// press presses keys, each drawn as it would be.
func (s *watched) press(keys ...string) {
	for _, key := range keys {
		s.screen()
		s.Update(press(key))
	}
}

func press(key string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"tab": tea.KeyTab, "space": tea.KeySpace, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "backspace": tea.KeyBackspace,
	}
	if code, ok := codes[key]; ok {
		text := ""
		if key == "space" {
			text = " "
		}
		return tea.KeyPressMsg{Code: code, Text: text}
	}
	return tea.KeyPressMsg{Code: []rune(key)[0], Text: key}
}

// has checks that the screen has texts, and others not.
func (s *watched) has(want []string, unwanted ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range want {
		if !regexp.MustCompile(`(?m)` + text).MatchString(screen) {
			s.t.Errorf("no %q in\n%s", text, screen)
		}
	}
	for _, text := range unwanted {
		if regexp.MustCompile(`(?m)` + text).MatchString(screen) {
			s.t.Errorf("%q in\n%s", text, screen)
		}
	}
}

// server is a program in Go: its main, three workers of which one has ended, and
// the library's own.
func server() *fakeRun {
	gone := lane("worker", 3, 2*time.Second, 4*time.Second)
	main := lane("main", 1, 0, timeline.Open)
	main.Origin.By, main.Origin.Started = "", ""
	main.WokenBy, main.WokenAt = 102, 3*time.Second
	return &fakeRun{name: "./server", language: player.Go, lanes: []timeline.Lane{
		main, library("http.serve"), lane("worker", 1, 0, timeline.Open), lane("worker", 2, time.Second, timeline.Open), gone,
	}, status: player.Status{Output: []player.Line{{At: time.Second, Text: "listening"}, {At: 7 * time.Second, Text: "first request"}}}}
}

// script is a program in Python.
func script() *fakeRun {
	return &fakeRun{name: "ours.py", language: player.Python, lanes: []timeline.Lane{lane("main", 1, 0, timeline.Open), lane("fetch", 1, time.Second, timeline.Open)}}
}

func TestWhatIsShown(t *testing.T) {
	s := shows(t, 8*time.Second, 80, 24, server())
	s.has([]string{
		`^ watch ./server +runs for 8.00 s$`,
		`^ ./server · Go  4 goroutines$`,
		`^ > main +░+ +sleep main.go:7$`,
		`^   worker 1 +░+`, `^   worker 2 +░+`, `^   worker 3 +░+$`,
		`^   runtime and std ×1`, `1 waiting: sleep`,
		`╵0s .*╵5s`,
		`── output ──`, `1.000 s  listening$`, `7.000 s  first request$`,
		`█ running`, `q quit`,
	})
	s.end(8 * time.Second)
	s.has([]string{`^ watch ./server +ended$`, `ended after 8.00 s`})
}

func TestHowItEndedIsSaid(t *testing.T) {
	r := server()
	s := shows(t, time.Second, 100, 24, r)
	r.status.Err = "exit status 3"
	s.end(time.Second)
	s.has([]string{`ended after 1.00 s: exit status 3$`})
}

func TestEnterTellsOfALane(t *testing.T) {
	s := shows(t, 8*time.Second, 80, 24, server())
	s.press("enter")
	s.has([]string{
		`── main ──`, `now +waiting: sleep, at main.go:7, since 0 s, for 8.00 s`,
		`woken by +worker 2, last at 3.00 s`, `started +before the start, or by the runtime`, `function +main.main`,
		`in all +waiting 8.00 s`,
	}, `── output`)
	s.press("down", "down")
	s.has([]string{`── worker 2 ──`, `started +main, at main.go:3, at 1.00 s`}, `woken by`)
	s.press("down")
	s.has([]string{`now +ended at 4.00 s`})
	s.press("esc")
	s.has([]string{`── output`})
}

func TestEnterOpensWhatIsFolded(t *testing.T) {
	s := shows(t, 8*time.Second, 80, 24, server())
	s.press("down", "down", "down", "down", "down", "down", "enter") // further than there is anything
	s.has([]string{`^ > runtime and std ×1`, `^     http.serve 1 +░+`})
	s.press("enter")
	s.has([]string{`^ > runtime and std ×1`}, `http.serve`)
}

func TestSpaceHoldsAndArrowsLookBack(t *testing.T) {
	r := server()
	s := shows(t, 8*time.Second, 80, 24, r)
	s.press("space")
	s.now = func() time.Time { return began.Add(20 * time.Second) }
	s.has([]string{`runs for 20.00 s, held at 8.00 s`, `first request`})
	s.press("left", "left")
	s.has([]string{`held at 6.00 s`, `listening`}, `first request`)
	s.press("home")
	s.has([]string{`held at 10.00 s`}) // nothing is earlier than a whole window
	s.press("end")
	s.has([]string{`runs for 20.00 s$`}, `held`)
	s.press("space", "esc")
	s.has(nil, `held`)
}

func TestWhatIsHeldStaysThoughItIsForgotten(t *testing.T) {
	r := server()
	s := shows(t, 8*time.Second, 80, 24, r)
	s.press("space")
	s.has([]string{`worker 3`})
	r.lanes = r.lanes[:1]
	s.has([]string{`worker 3`})
	s.press("end")
	s.has(nil, `worker 3`)
}

func TestWhatLooksWrongIsSaidAndWhy(t *testing.T) {
	r := server()
	s := shows(t, 8*time.Second, 80, 24, r)
	s.has(nil, `why`)
	s.press("f")
	s.has([]string{`── found ──`, `nothing that looks wrong`})
	s.press("f")
	r.found = []findings.Finding{
		{Kind: "leak", Line: "main.go:7", Message: "9 goroutines wait at main.go:7 to receive what nobody sends: worker", Why: "They came there one after the other."},
		{Kind: "lock", Line: "main.go:8", Message: "up to 4 goroutines wait for the lock at main.go:8", Why: "They waited."},
	}
	s.has([]string{`^ 9 goroutines wait at main.go:7 .*f why, and 1 more$`, `── output`})
	s.press("f")
	s.has([]string{`── found ──`, `They came there one after the other`, `up to 4 goroutines`, `They waited`}, `and 1 more`, `── output`)
	s.press("esc")
	s.has([]string{`── output`})
}

func TestPlusAndMinusChangeTheSeconds(t *testing.T) {
	s := shows(t, 60*time.Second, 80, 24, server())
	s.has([]string{`╵50s .*╵55s`})
	s.press("+")
	s.has([]string{`╵40s .*╵50s`})
	s.press("-", "-", "-")
	s.has([]string{`╵58s .*╵59s`})
}

// However small the window is, there is a lane in it, and how to go on.
func TestASmallWindow(t *testing.T) {
	r := server()
	r.found = []findings.Finding{{Kind: "leak", Line: "main.go:7", Message: "9 goroutines wait at main.go:7 to receive what nobody sends: worker", Why: strings.Repeat("They came there one after the other. ", 6) + "This is the end."}}
	for rows := leastRows; rows < 16; rows++ {
		s := shows(t, 8*time.Second, leastColumns, rows, r)
		s.has([]string{`main +░`, `\? keys   q quit`, `9 goroutines wait`})
		s.press("enter")
		s.has([]string{`main +░`, `── main ──`})
		s.press("f")
		s.has([]string{`── found, \[ and \] scroll ──`, `9 goroutines wait`}, `This is the end`)
		s.press("]", "]", "]", "]", "]")
		s.has([]string{`This is the end`})
		s.press("?")
		s.has([]string{`── keys, \[ and \] scroll ──`, `choose a lane`, `any other key closes this`}, `ctrl\+c +quits`)
		s.press("down", "down", "down", "down", "down", "down", "down", "down")
		s.has([]string{`ctrl\+c +quits at once`})
		s.press("x")
		s.has([]string{`main +░`}, `── keys`)
	}
}

func TestFilter(t *testing.T) {
	s := shows(t, 8*time.Second, 80, 24, server(), script())
	s.has([]string{`4 goroutines`})
	s.press("/", "w", "o")
	s.has([]string{`2 of 4 goroutines`})
	s.has([]string{`only lanes with: wo█`, `worker 1`}, `^...main`, `fetch`)
	s.press("q") // is a letter there
	s.has([]string{`only lanes with: woq█`}, `worker 1`)
	s.press("backspace", "enter")
	s.has([]string{`only wo$`, `q quit`, `worker 1`}, `fetch`)
	s.press("esc")
	s.has([]string{`fetch`}, `only`)
	s.press("/", "x", "esc")
	s.has([]string{`fetch`, `q quit`})
}

func TestTwoProgramsHaveOneScale(t *testing.T) {
	s := shows(t, 8*time.Second, 120, 30, script(), server())
	s.has([]string{`^ ours.py · Python  2 tasks +./server · Go  4 goroutines$`})
	axis := regexp.MustCompile(`(?m)^( +)╵0s(.*?)╵0s(.*)$`).FindStringSubmatch(s.screen())
	if axis == nil {
		t.Fatalf("no two axes in\n%s", s.screen())
	}
	if left, right := strings.TrimSpace(axis[2]), strings.TrimSpace(axis[3]); left != right {
		t.Errorf("axes %q and %q", left, right)
	}
	s.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	s.has([]string{`^ ours.py · Python  2 tasks$`, `^ ./server · Go  4 goroutines$`})
	s.press("tab", "enter")
	s.has([]string{`── main ──`})
	s.press("esc", "up")
	s.has([]string{`^ > fetch`})
}

func TestSmallWindows(t *testing.T) {
	for width := 1; width < 60; width++ {
		for _, height := range []int{1, 5, 9, 10, 11, 13, 20} {
			s := shows(t, 8*time.Second, width, height, server(), script())
			if screen := s.screen(); width >= 10 && height >= 5 && (width < leastColumns || height < leastRows) && !strings.Contains(screen, "too") {
				t.Errorf("%d×%d:\n%s", width, height, screen)
			}
			s.press("down", "enter", "?", "esc", "o")
		}
	}
}

func TestManyLanesFitAndCanAllBeChosen(t *testing.T) {
	r := server()
	for i := range 30 {
		r.lanes = append(r.lanes, lane(fmt.Sprintf("job%02d", i), 1, 0, timeline.Open))
	}
	s := shows(t, 8*time.Second, 80, 24, r)
	s.has([]string{`more: up, down$`}, `job29`)
	seen := map[string]bool{}
	for range 40 {
		for _, m := range regexp.MustCompile(`(?m)^ > (\S+)`).FindAllStringSubmatch(s.screen(), -1) {
			seen[m[1]] = true
		}
		s.press("down")
	}
	for i := range 30 {
		if name := fmt.Sprintf("job%02d", i); !seen[name] {
			t.Errorf("%s was never chosen", name)
		}
	}
}

func TestKeysOfTheProgram(t *testing.T) {
	s := shows(t, 8*time.Second, 80, 24, server())
	s.press("x")
	if s.stop != 1 {
		t.Errorf("asked to end %d times", s.stop)
	}
	s.has([]string{`asked to end, as by Ctrl-C`})
	s.programs.Save = func() (string, error) { return "recording-1.json", nil }
	s.press("w")
	s.has([]string{`written to recording-1.json`})
	s.programs.Save = func() (string, error) { return "", errors.New("no room") }
	s.press("w")
	s.has([]string{`not written: no room`})
	s.press("?")
	s.has([]string{`hold the picture`, `quit; the program ends`})
	s.press("a")
	s.has(nil, `hold the picture`)
	if _, cmd := s.Update(press("q")); cmd == nil {
		t.Fatal("q does not quit")
	} else if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("q does something else")
	}
}

func TestOutputIsScrolled(t *testing.T) {
	r := server()
	r.status.Output = nil
	for i := range 100 {
		r.status.Output = append(r.status.Output, player.Line{At: time.Duration(i) * ms, Text: fmt.Sprintf("line %02d", i)})
	}
	s := shows(t, 8*time.Second, 80, 24, r)
	s.has([]string{`line 99`}, `line 90`)
	s.press("[", "[")
	s.has(nil, `line 99`)
	s.press(slices.Repeat([]string{"["}, 50)...)
	s.has([]string{`line 00`})
	s.press("esc")
	s.has([]string{`line 99`})
	s.press("o")
	s.has([]string{`line 95`, `line 99`})
}

func TestFramesEndWithTheRuns(t *testing.T) {
	s := shows(t, time.Second, 80, 24, server())
	if s.Init() == nil {
		t.Error("no frames")
	}
	s.end(time.Second)
	if _, cmd := s.Update(frameMsg{}); cmd != nil {
		t.Error("frames go on when all has ended")
	}
}

// A recording of programs stands there as they did when they had ended, and can
// be written in another form.
func TestARecordingOfProgramsIsLookedAt(t *testing.T) {
	t.Parallel()
	live := shows(t, 8*time.Second, 100, 30, server())
	live.end(8 * time.Second)
	recording := player.Recording{Lanes: live.runs[0].lanes, Status: live.runs[0].status}
	recording.Job.Variant.Name, recording.Job.Language = live.runs[0].name, live.runs[0].language
	for i, lane := range recording.Lanes {
		recording.Lanes[i] = ended(lane, 8*time.Second)
	}
	live.runs[0].lanes = recording.Lanes
	s := player.Snapshot{Ended: true, Runs: []player.Recording{recording}}
	s.Lesson.ID = player.OwnProgram
	found := []findings.Finding{{Kind: "leak", Message: "a worker waits for ever", Why: "nobody sends"}}
	live.runs[0].found = found
	d := export.Of(s).Found([][]findings.Finding{found})
	var text strings.Builder
	if err := d.JSON(&text); err != nil {
		t.Fatal(err)
	}
	d, err := export.Read("the test", strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	r := &watched{Model: newModel(Recorded(d, d.Snapshot()), false), t: t}
	r.exporter.Folder = t.TempDir()
	r.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	r.Update(r.Init()())
	if r.Init() != nil {
		t.Error("it waits for more")
	}
	keys := func(screen string) string { // which are others
		lines := strings.Split(screen, "\n")
		return strings.Join(lines[:len(lines)-1], "\n")
	}
	for _, key := range []string{"", "enter", "down", "down", "f", "f", "o", "/"} {
		if key != "" {
			live.press(key)
			r.press(key)
		}
		if diff := cmp.Diff(keys(live.screen()), keys(r.screen())); diff != "" {
			t.Errorf("after %q (-live +recorded):\n%s", key, diff)
		}
		if key == "enter" {
			r.has([]string{`woken by +worker 2, last at 3.00 s`})
		}
	}
	r.press("e") // is typed
	r.has([]string{"only lanes with: e"}, "write it as")
	r.press("esc", "?")
	r.has([]string{"^e +write it into a file", "^q +quit *$"}, "^w ", "^x ", "the program ends")
	r.press("e") // closes the keys
	r.has([]string{"e export"}, "write it as", "write what is recorded")
	r.press("e")
	r.has([]string{"write it as   h html"})
	_, cmd := r.Update(press("j"))
	r.has([]string{"writing json"})
	r.Update(cmd())
	r.has([]string{"written to "})
	r.press("x", "w")
	r.has(nil, "written to", "asked to end")
	r.Update(tea.WindowSizeMsg{Width: 38, Height: 9})
	r.has([]string{"the window is too small"}, "runs on")
	if data, err := os.ReadFile(filepath.Join(r.exporter.Folder, "watch.json")); err != nil || string(data) != text.String() {
		t.Errorf("%v: %s", err, data)
	}
}

// ended is a lane whose last span ends at the latest at that time.
func ended(lane timeline.Lane, at time.Duration) timeline.Lane {
	var spans []timeline.Span
	for span := range lane.Spans() {
		spans = append(spans, timeline.NewSpan(span.State, span.Start, min(span.End, at), span.Reason(), span.Where()))
	}
	closed := timeline.NewLane(lane.Name, spans...)
	closed.Origin, closed.WokenBy, closed.WokenAt = lane.Origin, lane.WokenBy, lane.WokenAt
	return closed
}
