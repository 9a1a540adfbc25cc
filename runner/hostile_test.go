//go:build unix

package runner

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/export"
	"gosyncio/runner/group"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/termtest"
)

// hostileHead is what a hostile interpreter can say in Python, in the place of
// the harness.
const hostileHead = `
import json, os, signal, subprocess, sys, time
def raw(data): os.write(1, data)
def say(**message): raw(json.dumps(message).encode() + b"\n")
def err(text): os.write(2, text.encode())
def read(): return os.read(0, 1 << 16)
def prepare(): read(); err("\ngosyncio: what follows is printed by the lesson\n"); say(event="prepared", python="3.13.0")
def begin(): prepare(); read(); say(event="run", task=1, name="A", at=0)
def done(**more): say(**{"event": "done", "elapsed_ns": 1000, "cpu_ns": 1000, "max_rss_bytes": 1 << 20, "memory_bytes": 0, "error": "", **more})
def event(**more): begin(); say(**{"event": "wait", "task": 1, "at": 10, "reason": "sleep", "where": "tasks.py:1", **more}); done()
most = (1 << 63) - 1
loud = "\x1b[31mred\x1b]0;title\x07\x9b31m\u202eback\r\x08"
`

// hostileRuns are interpreters that answer as Python does when they are asked
// what they are, and then do this. Want is in the error of the run; "" is
// that there is none. Those that last are stopped after a while.
var hostileRuns = []struct {
	name, does, want string
	lasts            bool
}{
	{name: "nothing", does: "", want: "ended before it was ready"},
	{name: "a status", does: "sys.exit(3)", want: "exit status 3"},
	{name: "a signal", does: "os.kill(os.getpid(), 9)", want: "signal: killed"},
	{name: "an end before the start", does: "prepare()", want: "it ended without saying what came of it"},
	{name: "an end and no word", does: "begin()", want: "it ended without saying what came of it"},
	{name: "a status and no word", does: "begin(); sys.exit(7)", want: "exit status 7"},
	{name: "a status after all is well", does: "begin(); done(); sys.exit(7)", want: "exit status 7"},
	{name: "a signal in the middle", does: "begin(); os.kill(os.getpid(), 11)", want: "signal: segmentation fault"},
	{name: "an end that comes first", does: "done(); begin()", want: "it reports its end before its start"},
	{name: "two ends", does: "begin(); done(); done()", want: "it reports its end twice"},
	{name: "an error told by status 0", does: "begin(); done(error='no luck')", want: "no luck"},
	{name: "a time below zero", does: "begin(); done(elapsed_ns=-1)", want: "it reports a time that can't be: -1ns"},
	{name: "a time without end", does: "begin(); done(elapsed_ns=most)", want: "it reports a time that can't be: 2562047h"},
	{name: "a time in words", does: "begin(); done(elapsed_ns='long')", want: "Python reports what cannot be understood"},
	{name: "no number for a time", does: "begin(); done(elapsed_ns=float('nan'))", want: "Python reports what cannot be understood"},
	{name: "a time beyond numbers", does: "begin(); raw(b'{\"event\":\"done\",\"elapsed_ns\":1e400}\\n')", want: "Python reports what cannot be understood"},
	{name: "CPU time below zero", does: "begin(); done(cpu_ns=-5)", want: "it reports a CPU time that can't be: -5ns"},
	{name: "CPU time without end", does: "begin(); done(cpu_ns=most)", want: "it reports a CPU time that can't be"},
	{name: "memory below zero", does: "begin(); done(memory_bytes=-1)", want: "it reports an amount of memory that can't be: -1 bytes"},
	{name: "memory without end", does: "begin(); done(memory_bytes=most)", want: "it reports an amount of memory that can't be"},
	{name: "a peak below zero", does: "begin(); done(max_rss_bytes=-1)", want: "it reports an amount of memory that can't be: -1 bytes"},
	{name: "a peak without end", does: "begin(); done(max_rss_bytes=most)", want: "it reports an amount of memory that can't be"},
	{name: "what is yet to come", does: "event(at=most)", want: "it reports what it does at 2562047h47m16.854775807s, which is yet to come"},
	{name: "what was long before", does: "event(at=-most)", want: "before its start"},
	{name: "times that go back", does: "begin(); say(event='wait', task=1, at=900); say(event='run', task=1, at=5); done()"},
	{name: "half a nanosecond", does: "event(at=1.5)", want: "Python reports what cannot be understood"},
	{name: "a time of an event in words", does: "event(at='soon')", want: "Python reports what cannot be understood"},
	{name: "a task in words", does: "event(task='first')", want: "Python reports what cannot be understood"},
	{name: "an event that there is not", does: "event(event='dance')", want: `unknown kind "dance"`},
	{name: "an event with escapes", does: "event(event=loud)", want: "unknown kind"},
	{name: "a name with escapes", does: "begin(); say(event='enter', task=1, at=5, name=loud); done()"},
	{name: "a reason with escapes", does: "event(reason=loud, where=loud)"},
	{name: "an error with escapes", does: "begin(); done(error=loud)", want: "red"},
	{name: "a version with escapes", does: "read(); err('\\ngosyncio: what follows is printed by the lesson\\n'); say(event='prepared', python=loud); read(); done()"},
	{name: "output with escapes", does: "begin(); err(loud + '\\n'); done()"},
	{name: "output that is no text", does: "begin(); os.write(2, bytes(range(256)) * 9); done()"},
	{name: "output without an end of line", does: "begin(); os.write(2, b'x' * 5_000_000); done()"},
	{name: "output of many lines", does: "begin(); os.write(2, b'line\\n' * 100_000); done()"},
	{name: "a long name", does: "begin(); say(event='enter', task=1, at=5, name='x' * 900_000); done()"},
	{name: "a line that is too long", does: "event(name='x' * 3_000_000)", want: "Python reports what cannot be understood"},
	{name: "many lanes", does: "begin(); raw(b''.join(b'{\"event\":\"run\",\"task\":%d,\"name\":\"B\",\"at\":9}\\n' % i for i in range(30_000))); done()"},
	{name: "lanes within each other", does: "begin(); raw(b'{\"event\":\"enter\",\"task\":1,\"name\":\"B\",\"at\":9}\\n' * 20_000); done()", want: "more lanes within each other than there can be"},
	{name: "leaving what was not entered", does: "begin(); raw(b'{\"event\":\"leave\",\"task\":1,\"at\":9}\\n' * 9); raw(b'{\"event\":\"end\",\"task\":77,\"at\":9}\\n'); done()"},
	{name: "news after the end", does: "begin(); done(); say(event='run', task=2, name='B', at=2000)"},
	{name: "no JSON", does: "begin(); raw(b'hello\\n'); done()", want: "Python reports what cannot be understood"},
	{name: "JSON that is no object", does: "begin(); raw(b'[1,2]\\n'); done()", want: "Python reports what cannot be understood"},
	{name: "an empty line", does: "begin(); raw(b'\\n'); done()", want: "Python reports what cannot be understood"},
	{name: "bytes", does: "begin(); raw(bytes(range(256)) * 50); done()", want: "Python reports what cannot be understood"},
	{name: "half a line", does: "begin(); raw(b'{\"event\":\"do')", want: "Python reports what cannot be understood"},
	{name: "prepared again and again", does: "begin(); say(event='prepared', python='3.13.0'); say(event='prepared', python='3.13.0'); done()"},
	{name: "no events any more", does: "begin(); os.close(1); sys.exit(0)", want: "it ended without saying what came of it"},
	{name: "nothing that it prints", does: "begin(); os.close(2); done()"},
	{name: "nobody's child that holds on", does: "begin(); subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)']); done()"},
	{name: "a child of its own session that talks", does: "begin(); subprocess.Popen([sys.executable, '-c', 'import os,time\\nwhile True: os.write(2, b\"noise\\\\n\"); time.sleep(.1)'], start_new_session=True); done()"},
	{name: "a folder that is gone", does: "begin(); import shutil; shutil.rmtree(os.getcwd()); done()"},
	{name: "an endless wait", does: "begin(); time.sleep(3600)", want: "had not ended", lasts: true},
	{name: "deaf to everything", does: "[signal.signal(s, signal.SIG_IGN) for s in (1, 2, 3, 15)]; begin(); time.sleep(3600)", want: "had not ended", lasts: true},
	{name: "a stop", does: "begin(); os.kill(os.getpid(), signal.SIGSTOP)", want: "had not ended", lasts: true},
	{name: "output without an end", does: "begin()\nwhile True: os.write(2, b'line\\n' * 1000)", want: "had not ended", lasts: true},
	{name: "events without an end", does: "begin()\nfor i in range(1 << 60): raw(b'{\"event\":\"run\",\"task\":%d,\"name\":\"A%d\",\"at\":9}\\n' % (i, i))", want: "had not ended", lasts: true},
}

// Whatever an interpreter does: its run ends, and says why; on a live screen,
// in text and in JSON stands what can be shown; and neither a process nor a
// folder is left.
func TestHostileRuns(t *testing.T) {
	t.Parallel()
	python := strings.TrimPrefix(needPython(t), player.PythonVariable+"=")
	for _, tt := range hostileRuns {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path, temp := hostilePython(t, python, tt.does), t.TempDir()
			mark := "GOSYNCIO_TEST_HOSTILE=" + path
			snapshot, lines := playHostile(t, append(os.Environ(), player.PythonVariable+"="+path, "TMPDIR="+temp, mark), tt.lasts)
			if got := snapshot.Runs[0].Status.Err; !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("error %q, want %q", got, tt.want)
			}
			var encoded bytes.Buffer
			if err := export.JSON(&encoded, snapshot); err != nil || !json.Valid(encoded.Bytes()) {
				t.Errorf("error %v, JSON of %d bytes", err, encoded.Len())
			}
			for _, line := range append(lines, encoded.String()) {
				if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x1b\x07\r\x08\u009b\u202e") {
					t.Errorf("the terminal is told %q", line)
				}
			}
			if n := group.Count(mark); n > 0 {
				t.Errorf("%d processes are left", n)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("%v, left: %v", err, left)
			}
		})
	}
}

// playHostile plays a lesson with an environment, stopping it after a while if
// it lasts, and returns what came of it and what was shown.
func playHostile(t *testing.T, env []string, lasts bool) (player.Snapshot, []string) {
	t.Helper()
	r, err := plan.New("tasks", []string{"sequential"}, []string{"a=20ms", "b=10ms"}, plan.Python)
	if err != nil {
		t.Fatal(err)
	}
	setup := r.Setup()
	if lasts {
		setup.Limit = 500 * time.Millisecond
	}
	c, err := player.New(env).Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	live, transcript := stage.NewLive(stage.Options{Title: "hostile", Fill: true, Palette: stage.NewPalette(false)}), stage.NewTranscript(c)
	live.Show(c)
	var lines []string
	for over := false; !over; {
		select {
		case <-c.Changed():
		case <-c.Done():
			over = true
		}
		for _, size := range [][2]int{{120, 40}, {80, 24}, {30, 5}} {
			lines = append(lines[:min(len(lines), 1000)], live.Lines(size[0], size[1])...)
		}
	}
	return c.Snapshot(), append(lines, transcript.Lines()...)
}

// hostilePython is an interpreter that answers as python does when it is asked
// what it is, and then does this.
func hostilePython(t *testing.T, python, does string) string {
	t.Helper()
	folder := t.TempDir()
	script, path := filepath.Join(folder, "does.py"), filepath.Join(folder, "python3")
	if err := os.WriteFile(script, []byte(hostileHead+does), 0o600); err != nil {
		t.Fatal(err)
	}
	termtest.Executable(t, path, "#!/bin/sh\ncase \"$*\" in *harness.py*) exec "+python+" -S "+script+";; esac\nexec "+python+` "$@"`+"\n")
	return path
}
