//go:build unix

package runner

import (
	"bufio"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"gosyncio/lessons/lessontest"
	"gosyncio/runner/player"
)

func TestTerminalBearsJunk(t *testing.T) {
	t.Parallel()
	for seed, place := range places {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 80, rows: 24})
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
	const unwanted = "qQmMnNcCdD \r\n\x03\x04\x1a\x1c"
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
	t.Parallel()
	for _, place := range []place{inMenu, onPage, inRun} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 80, rows: 24})
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
	t.Parallel()
	for _, place := range []place{inMenu, inRun, atEnd} {
		t.Run(place.name, func(t *testing.T) {
			t.Parallel()
			w := place.open(t, windowOptions{columns: 80, rows: 24, environ: []string{asDeafShell + "=1"}})
			w.hangUp()
			w.waitForRuns(0)
		})
	}
}

func TestTerminalHearsNothingFromAServer(t *testing.T) {
	t.Parallel()
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
			if !strings.Contains(shown, "500") && !strings.Contains(w.written(), `... 500 `) { // of JSON only the end is still shown
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

// TestTerminalOfHostileRuns: what hostileRuns say does not reach the terminal,
// and it can be left at once: with Enter when all is said, or with Ctrl-C.
func TestTerminalOfHostileRuns(t *testing.T) {
	t.Parallel()
	python := strings.TrimPrefix(needPython(t), player.PythonVariable+"=")
	for i, tt := range hostileRuns {
		if testing.Short() && i%4 > 0 && !tt.lasts {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, windowOptions{
				columns: 120, rows: 40, environ: []string{player.PythonVariable + "=" + hostilePython(t, python, tt.does)},
				args: []string{"run", "tasks", "sequential", "--set", "a=20ms", "--set", "b=10ms", "--with", "python"},
			})
			switch {
			case tt.lasts:
				w.waitFor("sequential", "q quit")
				w.press(keyCtrlC)
				w.ends(exitInterrupted)
			default:
				w.waitFor("sequential", "enter done")
				w.press(keyEnter)
				code := exitFailed
				if tt.want == "" {
					code = exitDone
				}
				w.ends(code)
			}
			for _, bad := range []string{"\x1b]0", "\x07", "\x1b[31mred", "\x9b31", "\u009b", "\u202e"} {
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
	return lessontest.Listen(t, func(conn net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			io.WriteString(conn, "HTTP/1.1 500 \x1b]0;pwned\x07\x1b[31mred\u009b31m\x9b31m\u202e\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		}
	})
}

func TestTerminalTwoSignalsInARow(t *testing.T) {
	t.Parallel()
	w := inRun.open(t, windowOptions{columns: 120, rows: 40, mute: true})
	w.signal(syscall.SIGTERM)
	w.signal(syscall.SIGHUP)
	w.ends(exitInterrupted)
}
