package player

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/fault"
	"gosyncio/runner/termtest"
)

// script writes an executable shell script.
func script(t *testing.T, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	path := filepath.Join(t.TempDir(), "python3")
	termtest.Executable(t, path, "#!/bin/sh\n"+body+"\n")
	return path
}

func TestAPythonThatDoesNotDo(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, what string }{
		{"too old", "echo gosyncio asks Python; echo 3.10.13; echo $0", "$ is Python 3.10.13, which is too old"},
		{"much too old, and asyncio is missing", "echo gosyncio asks Python; echo 2.7.18; echo $0; echo ImportError >&2; exit 1", "$ is Python 2.7.18, which is too old"},
		{"broken", "echo 'Fatal Python error' >&2; echo 'ModuleNotFoundError: No module named encodings' >&2; exit 1", "$ does not work: ModuleNotFoundError: No module named encodings"},
		{"not Python", "echo hello", "$ does not work"},
		{"silent", "exit 0", "$ does not work"},
		{"killed", "kill -9 $$", "$ does not work"},
		{"hangs", "exec sleep 3600", "$ does not answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			timeouts := usualTimeouts()
			if tt.name == "hangs" {
				timeouts.probe = 500 * time.Millisecond
			}
			path := script(t, tt.body)
			_, err := findPython(t.Context(), []string{PythonVariable + "=" + path, "PATH=" + os.Getenv("PATH")}, timeouts)
			wrong, ok := errors.AsType[*fault.Error](err)
			if !ok {
				t.Fatalf("error %v, want a fault.Error", err)
			}
			if want := strings.ReplaceAll(tt.what, "$", path); wrong.What != want || !strings.Contains(wrong.Next, "3.11 or newer") {
				t.Errorf("%q, %q; want %q", wrong.What, wrong.Next, want)
			}
		})
	}
	t.Run("nobody waits for it any more", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		path := script(t, "exec sleep 3600")
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := FindPython(ctx, []string{PythonVariable + "=" + path}); err == nil || ctx.Err() == nil {
			t.Errorf("error %v, context %v", err, ctx.Err())
		}
	})
	t.Run("no program", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		_, err := FindPython(t.Context(), []string{PythonVariable + "=" + folder})
		if wrong, ok := errors.AsType[*fault.Error](err); !ok || wrong.What != folder+" is not an executable" {
			t.Errorf("error %v", err)
		}
	})
	t.Run("missing", func(t *testing.T) {
		t.Parallel()
		_, err := FindPython(t.Context(), []string{"PATH=" + t.TempDir()})
		if wrong, ok := errors.AsType[*fault.Error](err); !ok || wrong.What != "there is no python3" {
			t.Errorf("error %v", err)
		}
	})
}

// What the environment says is shown, and cannot command the terminal.
func TestANameOfAPythonIsShownWithoutEscapes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/nosuch\x1b[31m", "nosuch\x1b]0;title\a"} {
		_, err := FindPython(t.Context(), []string{PythonVariable + "=" + name})
		wrong, ok := errors.AsType[*fault.Error](err)
		if !ok || !strings.Contains(wrong.What, "nosuch") || strings.ContainsAny(wrong.What+wrong.Next, "\x1b\a") {
			t.Errorf("%q: error %#v", name, err)
		}
	}
}

// Whoever stops a run does not wait for an interpreter that does not answer,
// and the next run looks for it again.
func TestARunThatIsStoppedDoesNotWaitForPython(t *testing.T) {
	t.Parallel()
	asked := filepath.Join(t.TempDir(), "asked")
	p := New([]string{PythonVariable + "=" + script(t, "echo >>"+asked+"; exec sleep 3600"), "PATH=" + os.Getenv("PATH")})
	for round := 1; round <= 2; round++ {
		c := startWith(t, p, "", 0, Python)
		waitFor(t, func() bool { text, _ := os.ReadFile(asked); return len(text) == round })
		c.Cancel()
		c.Wait()
		if s := c.Snapshot(); s.Runs[0].Status.Err != stopped || s.Missing() != nil {
			t.Errorf("error %q, missing %v; want stopped", s.Runs[0].Status.Err, s.Missing())
		}
	}
}

// Without Python its runs are missing, and Go goes on.
func TestWithoutPythonGoGoesOn(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=2ms", "b=1ms")
	var parts []Part
	for _, part := range pick(t, lesson, []string{"sequential", "concurrent"}) {
		parts = append(parts, Part{Variant: part.Variant, Language: Python}, part)
	}
	missing := &fault.Error{What: "there is no python3", Next: "install it"}
	p := ours()
	p.found = &foundPython{err: missing}
	c, err := p.Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: parts})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	snapshot := c.Snapshot()
	if snapshot.Missing() != missing || len(snapshot.Present()) != 2 || snapshot.Failed() != "" {
		t.Errorf("missing %v, %d runs present, failed %q; want that of Python, 2", snapshot.Missing(), len(snapshot.Present()), snapshot.Failed())
	}
	for _, run := range snapshot.Present() {
		if s := run.Status; s.Err != "" || run.Job.Language != Go || len(s.Output) != 4 {
			t.Errorf("%v %s: error %q, output %q", run.Job.Language, run.Job.Variant.Name, s.Err, texts(s))
		}
	}
}

// The runs of a comparison start together: none before the slowest is ready.
func TestNoRunStartsBeforeAllAreReady(t *testing.T) {
	t.Parallel()
	slow := Interpreter{Path: script(t, `sleep 1; exec "`+python(t).Path+`" "$@"`)}
	began := time.Now()
	inPython, inGo := inPython(t, slow, "async def sequential(*, a, b): pass")
	for _, run := range []*Run{inPython, inGo} {
		if s := run.Status(); s.Err != "" || s.Start.Before(began.Add(time.Second)) {
			t.Errorf("%v: error %q, started %v after the beginning, before Python was ready", run.Job.Language, s.Err, s.Start.Sub(began))
		}
	}
}

// A harness that dies, or never gets ready, is told of like any child.
func TestAnInterpreterThatDies(t *testing.T) {
	t.Parallel()
	run, _ := inPython(t, Interpreter{Path: script(t, "exit 3")}, "")
	if s := run.Status(); s.Err != "exit status 3" || s.Phase != Ended {
		t.Errorf("error %q, phase %d; want exit status 3", s.Err, s.Phase)
	}
}

func TestAnInterpreterThatIsNeverReady(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"talks nonsense": "echo nonsense; cat >/dev/null",
		"says nothing":   "cat >/dev/null; exec sleep 3600",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := with(Interpreter{Path: script(t, body)})
			p.timeouts.ready = time.Second
			c := startWith(t, p, "", 0, Python)
			c.Wait()
			run := c.Runs[0]
			if s := run.Status(); s.Err != "not ready after 1s" || s.Phase != Ended {
				t.Errorf("error %q, phase %d; want not ready after 1s", s.Err, s.Phase)
			}
		})
	}
}

func TestHarnessCompiles(t *testing.T) {
	t.Parallel()
	for _, python := range pythons(t) {
		folder := t.TempDir()
		if err := os.CopyFS(folder, harness); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(python.Executable, "-B", "-W", "error", "-c", "import glob, sys; [compile(open(f).read(), f, 'exec') for f in glob.glob(sys.argv[1] + '/*.py')] or sys.exit(1)", folder)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("Python %s: %v: %s", python.Version, err, out)
		}
	}
}

// What the environment says comes up in the errors of runs, too.
func TestAnErrorIsShownWithoutEscapes(t *testing.T) {
	t.Parallel()
	p := New([]string{"PATH=" + os.Getenv("PATH"), "TMPDIR=/nosuch\x1b[31m", "TMP=/nosuch\x1b[31m"})
	p.found = &foundPython{interpreter: python(t)}
	c := startWith(t, p, "", 0, Python)
	c.Wait()
	if err := c.Runs[0].Status().Err; !strings.Contains(err, "nosuch") || strings.Contains(err, "\x1b") {
		t.Errorf("error %q", err)
	}
}
