//go:build unix

package runner

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// runTasks is a run of tasks that is over soon, and runForever one that is
// not over before the test is.
var (
	runTasks   = []string{"run", "tasks", "--set", "a=60ms", "--set", "b=30ms"}
	runForever = []string{"run", "tasks", "--set", "a=1h"}
)

var sizes = []struct{ columns, rows int }{{120, 40}, {80, 24}}

func TestTerminalRunLeavesItsLastFrame(t *testing.T) {
	for _, size := range sizes {
		for _, history := range []int{0, size.rows - 1} {
			t.Run(fmt.Sprintf("%d×%d after %d lines", size.columns, size.rows, history), func(t *testing.T) {
				t.Parallel()
				w := open(t, windowOptions{columns: size.columns, rows: size.rows, args: runTasks, history: history})
				w.waitFor("sequential · Go", "concurrent · Go", "enter done", "r again")

				lookFor(w, "waiting: sleep")
				w.press(keyEsc)
				w.waitUntil("end of looking", func(screen string) bool { return !strings.Contains(screen, "▲") })
				w.press(keyRight)
				w.waitFor("▲")
				w.press("r")
				w.waitUntil("second run", func(screen string) bool {
					return !strings.Contains(screen, "▲") && strings.Contains(screen, "enter done")
				})
				w.press(keyEnter)
				checkLastFrame(t, w, history)
			})
		}
	}
}

func TestTerminalRunWithoutKeyboardEndsByItself(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%d×%d", size.columns, size.rows), func(t *testing.T) {
			t.Parallel()
			null, err := os.Open(os.DevNull)
			if err != nil {
				t.Fatal(err)
			}
			defer null.Close()
			w := open(t, windowOptions{columns: size.columns, rows: size.rows, args: runTasks, input: null})
			checkLastFrame(t, w, 0)
			if written := w.written(); !strings.Contains(written, "\x1b[?25l") {
				t.Errorf("that was no live view: %q", written)
			}
		})
	}
}

// checkLastFrame waits for the end of runTasks and checks what stays.
func checkLastFrame(t *testing.T, w *window, history int) {
	t.Helper()
	shown := w.ends(exitDone)
	for _, want := range []string{"sequential · Go", "concurrent · Go", "A finished after 60ms", "B finished after 30ms", "█ running"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
	for _, unwanted := range []string{"quit", "enter", "again"} {
		if strings.Contains(shown, unwanted) {
			t.Errorf("%q stays in\n%s", unwanted, shown)
		}
	}
	if n := strings.Count(shown, "sequential · Go"); n != 1 {
		t.Errorf("%d frames in\n%s", n, shown)
	}
	above := fmt.Sprintf("history %d\n tasks", history)
	if history > 0 && !strings.Contains(shown, above) && !strings.HasPrefix(shown, " tasks") {
		t.Errorf("what stood above is not there any more:\n%s", shown)
	}
}

func TestTerminalRunIsLeft(t *testing.T) {
	going := func(w *window) {
		w.waitFor("sequential · Go", "A started", "q quit")
		w.waitForRuns(1 + 2)
	}
	for _, c := range []struct {
		name, key string
		args      []string
		wait      func(*window)
		code      int
	}{
		{"ctrl-c while it goes on", keyCtrlC, runForever, going, exitInterrupted},
		{"ctrl-c after its end", keyCtrlC, runTasks, func(w *window) { w.waitFor("enter done") }, exitInterrupted},
		{"q after its end", "q", runTasks, func(w *window) { w.waitFor("enter done") }, exitDone},
		{"ctrl-c, plain", keyCtrlC, append(slices.Clip(runForever), "--plain"), func(w *window) { w.waitFor("A started") }, exitInterrupted},
		{"ctrl-c, json", keyCtrlC, append(slices.Clip(runForever), "--json"), func(w *window) { w.waitForRuns(1 + 2) }, exitInterrupted},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24, args: c.args})
			c.wait(w)
			w.press(c.key)
			w.ends(c.code)
		})
	}
}

func TestTerminalRunThatIsQuitStopsItsChildren(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, args: runForever})
	w.waitFor("sequential · Go", "A started", "q quit")
	w.press("q")
	w.wait("end of the program", func() bool { return w.ended })
	if left := w.processes(); left != nil {
		t.Errorf("left: %q", left)
	}
	w.ends(exitDone)
}

// sideBySide is how two timelines stand in a wide window, with their axes;
// twoByTwo how four do, in two languages; stacked and allStacked in a
// narrow one.
const (
	sideBySide = `(?m)^ sequential · Go +concurrent · Go$(?s:.*)^ +0s .*s +0s .*s$`
	stacked    = `(?m)^ sequential · Go$(?s:.*)^ concurrent · Go$`
	twoByTwo   = `(?m)^ sequential · Python +sequential · Go$(?s:.*)^ concurrent · Python +concurrent · Go$(?s:.*)^ +0s .*s +0s .*s$`
	allStacked = `(?m)^ sequential · Python  .*$(?s:.*)^ sequential · Go  .*$(?s:.*)^ concurrent · Python  .*$(?s:.*)^ concurrent · Go  .*$(?s:.*)^ +0s .*s$`
)

func TestTerminalResizedInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		name  string
		args  []string
		reach func(*window)
		ended string // what the line of keys says when the run is over; "" is no run
		small string // what the smallest window says
		wide  string // how timelines stand in a wide window
		tight string // and in a narrow one
		key   string
		code  int
	}{
		{"a page", nil, func(w *window) { toPage(w, 2) }, "", "enter more", "", "", keyCtrlC, exitInterrupted},
		{"the walk's run", nil, toRun, "enter next", "too small", twoByTwo, allStacked, keyCtrlC, exitInterrupted},
		{"a run", []string{"run", "tasks"}, func(w *window) { w.waitForMatch(printed) }, "enter done", "too small", sideBySide, stacked, keyEnter, exitDone},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, args: c.args})
			c.reach(w)
			if c.ended != "" {
				w.waitForMatch(c.wide)
				w.resize(80, 24)
				w.waitForMatch(c.tight)
				w.resize(30, 8)
				w.waitFor(c.small)
				w.resize(120, 40)
				w.waitForMatch(c.wide, c.ended)
			}
			before := w.settled()
			w.resize(80, 24)
			w.waitUntil("narrow screen", func(screen string) bool {
				return screen != before && strings.Contains(screen, "enter")
			})
			w.resize(30, 8)
			w.waitFor(c.small)
			w.resize(120, 40)
			w.waitUntil("same screen as before:\n"+before+"\n", func(screen string) bool { return screen == before })
			w.press(c.key)
			shown := w.ends(c.code)
			if n := strings.Count(shown, "sequential · Go"); n > 1 {
				t.Errorf("%d frames are left:\n%s", n, shown)
			}
		})
	}
}

// In the walk Python runs beside Go, in two columns or stacked. A key
// switches it off and on, and what was chosen holds for the walk.
func TestTerminalPythonBesideGo(t *testing.T) {
	needPython(t)
	for _, c := range []struct {
		columns, rows       int
		both, withoutPython string
	}{
		{140, 40, twoByTwo, sideBySide},
		{80, 24, allStacked, stacked},
	} {
		t.Run(fmt.Sprintf("%d×%d", c.columns, c.rows), func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: c.columns, rows: c.rows})
			toRun(w)
			w.waitForMatch(c.both)
			w.press("p") // in the middle
			w.waitForMatch(c.withoutPython, "p Python")
			w.press("p")
			w.waitForMatch(c.both, "enter next")
			w.waitForMatch(`(faster|slower)(?s:.*)(faster|slower)`)
			lookFor(w, `sleep at tasks\.py:\d+(?s:.*)sleep at tasks\.go:\d+`)
			w.press("p") // after the end
			w.waitForMatch(c.withoutPython, "enter next")
			w.press(keyEnter)
			w.waitFor("page 4 of")
			w.press("n")
			w.waitFor("page 5 of", "enter run")
			w.press(keyEnter)
			screen := w.waitFor("concurrent · Go", "enter next")
			if strings.Contains(screen, "· Python") {
				t.Errorf("Python is on again:\n%s", screen)
			}
			w.press("q")
			w.ends(exitDone)
		})
	}
}

// lookFor looks back through the time of a run, from where the cursor first
// stands, until the expression matches.
func lookFor(w *window, expression string) {
	w.t.Helper()
	wanted := regexp.MustCompile(expression)
	w.press(keyRight)
	for shown := w.waitFor("▲"); !wanted.MatchString(shown); {
		if strings.Contains(shown, " at 0 s") {
			w.t.Fatalf("no match of %q:\n%s", expression, shown)
		}
		w.press(keyLeft)
		shown = w.waitUntil("move of the cursor", func(screen string) bool { return screen != shown })
	}
}

// Without Python the walk says so, and what to do, and runs Go.
func TestTerminalWithoutPython(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 80, rows: 24, environ: []string{"GOSYNCIO_PYTHON=nosuchpython"}})
	toPage(w, 5)
	w.waitFor("enter run")
	w.press(keyEnter)
	screen := w.waitFor("concurrent · Go", "enter next", "nothing in Python: there is no nosuchpython", "name a Python 3.11 or newer in GOSYNCIO_PYTHON")
	if strings.Contains(screen, "· Python") {
		t.Errorf("there is a run in Python:\n%s", screen)
	}
	w.press("q")
	w.ends(exitDone)
}

// styled finds what sets a colour or any other look.
var styled = regexp.MustCompile(`\x1b\[[0-9;:]*[1-9][0-9;:]*m`)

func TestTerminalWithoutColours(t *testing.T) {
	for _, c := range []struct {
		name    string
		args    []string
		environ []string
	}{
		{"NO_COLOR", nil, []string{"NO_COLOR=1"}},
		{"NO_COLOR and a terminal of all colours", nil, []string{"NO_COLOR=1", "COLORTERM=truecolor", "CLICOLOR_FORCE=1"}},
		{"--no-color", []string{"--no-color"}, nil},
		{"--no-color and a terminal of all colours", []string{"--no-color"}, []string{"COLORTERM=truecolor", "CLICOLOR_FORCE=1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, args: c.args, environ: c.environ})
			toPage(w, 2)
			w.press("n", "n", "n")
			w.waitFor("page 5 of", "enter run")
			w.press(keyEnter)
			w.waitFor("enter next", "r again")
			lookFor(w, "waiting: sleep")
			w.press("q")
			w.ends(exitDone)
			if found := styled.FindAllString(w.written(), 5); found != nil {
				t.Errorf("there are looks: %q", found)
			}
		})
	}
	t.Run("run", func(t *testing.T) {
		t.Parallel()
		w := open(t, windowOptions{columns: 120, rows: 40, args: append(slices.Clip(runTasks), "--no-color")})
		w.waitFor("enter done")
		lookFor(w, "waiting: sleep")
		w.press(keyEnter)
		w.ends(exitDone)
		if found := styled.FindAllString(w.written(), 5); found != nil {
			t.Errorf("there are looks: %q", found)
		}
	})
	t.Run("with them", func(t *testing.T) { // or the above would prove nothing
		t.Parallel()
		w := open(t, windowOptions{columns: 120, rows: 40})
		toPage(w, 1)
		w.press("q")
		w.ends(exitDone)
		if !styled.MatchString(w.written()) {
			t.Error("there are no colours")
		}
	})
}

func TestTerminalBearsJunk(t *testing.T) {
	for seed, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24})
			place.reach(w)
			w.press(junk(uint64(seed+1), 600))
			// The last of the junk may have taken the first for the end of a key.
			w.press("\x1b\\", "\x1b[201~")
			w.press(keyCtrlC)
			w.ends(exitInterrupted)
		})
	}
}

// junk is random bytes, with the beginnings of keys among them, without
// what chooses, quits, or leads elsewhere, in a run or after it.
func junk(seed uint64, n int) string {
	random := rand.New(rand.NewPCG(seed, 0))
	keys := []string{"\x1b", "\x1b[", "\x1bO", "\x1b[A", "\x1b[1;5C", "\x1b[<0;3;4M", "\x1b[I", "\x1b]11;rgb:0/0/0\x07", "\x1b[?2026;2$y", "\x1b[5~", "\xf0\x9f", "漢", "b"}
	const unwanted = "qQmMnNcC \r\n\x03\x04\x1a\x1c"
	var b strings.Builder
	for b.Len() < n {
		if random.IntN(4) == 0 {
			b.WriteString(keys[random.IntN(len(keys))])
		} else if c := byte(random.IntN(256)); strings.IndexByte(unwanted, c) < 0 {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func TestTerminalHangUpEndsTheProgram(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24})
			place.reach(w)
			// The end of the input may come before the signal, and the
			// signal when the program has stopped listening for it.
			if state := w.hangUp(); !slices.Contains([]string{"exit status 130", "exit status 1", "signal: hangup"}, state) {
				t.Errorf("%q", state)
			}
			w.waitForRuns(0)
		})
	}
}

// TestTerminalGoneWithoutASignal is about a terminal that hangs up while
// nobody tells the program, as after disown: it can only notice that there
// is nothing to read any more.
func TestTerminalGoneWithoutASignal(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 80, rows: 24, environ: []string{asDeafShell + "=1"}})
			place.reach(w)
			w.hangUp()
			w.waitForRuns(0)
		})
	}
}

func TestTerminalRunOfAThousandLanes(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 120, rows: 40, args: []string{"run", "fetch", "concurrent", "--set", "pages=1000", "--set", "latency=1s"}})
	w.waitForMatch(`(?m)^ waiting +▏.*[▁▂▃▄▅▆▇█]`, `(?m)^ running +▏`, `lanes`)
	shown := w.waitFor("enter done")
	if !regexp.MustCompile(`Fetched .*/page1000\.\.\. \d+ bytes`).MatchString(shown) {
		t.Errorf("no last page in\n%s", shown)
	}
	lookFor(w, `(?m)^ at [\d.]+ m?s: .*[1-9]\d* waiting`)
	w.press(keyEnter)
	w.ends(exitDone)
}

func TestTerminalHearsNothingFromAServer(t *testing.T) {
	server := hostileServer(t)
	for _, args := range [][]string{nil, {"--plain"}, {"--json"}} {
		t.Run("fetch "+strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{columns: 120, rows: 40, args: append([]string{"run", "fetch", "--set", "urls=http://" + server + "/a,http://" + server + "/b"}, args...)})
			if args == nil {
				w.waitFor("enter done", "Failed")
				w.press(keyEnter)
			}
			shown := w.ends(exitFailed)
			if !strings.Contains(shown, "500") {
				t.Errorf("what the server said is not told:\n%s", shown)
			}
			for _, bad := range []string{"\x1b]", "\x07", "\x1b[31mred", "\x9b", "\u009b", "\u202e"} {
				if strings.Contains(w.written(), bad) {
					t.Errorf("%q reached the terminal:\n%q", bad, w.written())
				}
			}
			if title := w.screen.Title(); title != "" {
				t.Errorf("the window's title is now %q", title)
			}
		})
	}
}

// hostileServer answers all requests with a status that means the terminal.
func hostileServer(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					io.WriteString(conn, "HTTP/1.1 500 \x1b]0;pwned\x07\x1b[31mred\u009b31m\x9b31m\u202e\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
				}
			})
		}
	})
	t.Cleanup(func() { listener.Close(); serving.Wait() })
	return listener.Addr().String()
}

func TestTerminalTwoSignalsInARow(t *testing.T) {
	t.Parallel()
	w := open(t, windowOptions{columns: 120, rows: 40, mute: true})
	toRun(w)
	w.signal(syscall.SIGTERM)
	w.signal(syscall.SIGHUP)
	w.ends(exitInterrupted)
}
