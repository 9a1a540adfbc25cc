package player

import (
	"bufio"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/group"
	"gosyncio/runner/janitor"
	"gosyncio/runner/timeline"
)

// pythonSource is Python: a short harness runs the lesson's file, and tells
// in lines of JSON what asyncio does.
func pythonSource() source {
	return source{
		name: "Python", id: "python", column: 0,
		twin:    func() (Language, bool) { return 0, false },
		ideal:   func(v lessons.Variant, values lessons.Values) time.Duration { return v.PythonIdeal(values) },
		file:    func(s Setup) []byte { return s.Source },
		command: pythonCommand,
		read:    (*Run).readAsyncio,
	}
}

// harness are the files that run a lesson in Python.
//
//go:embed harness.py recorder.py probe.py
var harness embed.FS

// A request tells the harness what to run.
type request struct {
	Module    string         `json:"module"`
	Variant   string         `json:"variant"`
	Arguments map[string]any `json:"arguments"`
	Traced    bool           `json:"traced"`
	Measured  bool           `json:"measured"`
	CPUs      int            `json:"cpus"`  // what Python is told that there are
	Quiet     string         `json:"quiet"` // see child.QuietLine
}

// pythonCommand is the harness for the job, in a folder with the lesson's
// Python file. The error is a *fault.Error if there is no Python.
func pythonCommand(ctx context.Context, p *Player, job Job) (process, error) {
	python, err := p.Python(ctx)
	if err != nil {
		return process{}, err
	}
	line, err := json.Marshal(request{
		Module: job.Lesson.Package(), Variant: job.Variant.Name, Arguments: job.Lesson.Arguments(job.Values),
		Traced: job.traced(), Measured: job.Measured, CPUs: job.Values.CPUs, Quiet: child.QuietLine,
	})
	if err != nil {
		return process{}, fmt.Errorf("tell Python what to run: %w", err)
	}
	folder, err := p.environ.MkdirTemp()
	if err != nil {
		return process{}, unprepared(err)
	}
	folder = absolute(folder)
	clear := func() {
		group.Sweep(janitor.Entry(folder))
		os.RemoveAll(folder)
	}
	err = os.CopyFS(folder, harness)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, job.Lesson.Package()+".py"), job.Source, 0o600)
	}
	if err != nil {
		clear()
		return process{}, unprepared(err)
	}
	cmd := exec.CommandContext(ctx, python.Path, "-B", filepath.Join(folder, "harness.py")) // -B: leave no __pycache__
	cmd.Env = append(inherited(p.environ), janitor.Entry(folder))
	cmd.Dir = folder // as when it was asked for its version: a shim may go by it
	return process{cmd: cmd, request: append(line, '\n'), clear: clear}, nil
}

// unprepared says that the files of a run cannot be put among the temporary
// files, in a line that names the folder and not each of them.
func unprepared(err error) error {
	var folder string
	for file, ok := errors.AsType[*fs.PathError](err); ok; file, ok = errors.AsType[*fs.PathError](err) {
		folder, err = file.Path, file.Err
	}
	if dir := filepath.Dir(folder); strings.HasPrefix(filepath.Base(dir), "gosyncio-") {
		folder = filepath.Dir(dir)
	}
	return fmt.Errorf("%s in %s: %w", noTemporaryFiles, folder, err)
}

// noTemporaryFiles begins an error for which there is a remedy.
const noTemporaryFiles = "no place for temporary files"

// maxEvent is longer than any line of the harness.
const maxEvent = 1 << 20

// A message is a line of the harness: "prepared", "done", or what a task did.
type message struct {
	timeline.AsyncioEvent
	child.Done
	Python string `json:"python"` // its version, when it is prepared
}

// readAsyncio follows the harness's stdout.
func (r *Run) readAsyncio(stdout io.Reader, isReady func()) error {
	builder := r.Timeline.Asyncio()
	lines := bufio.NewScanner(stdout)
	lines.Buffer(nil, maxEvent)
	for prepared := false; lines.Scan(); {
		var msg message
		err := json.Unmarshal(lines.Bytes(), &msg)
		if err != nil && !prepared {
			continue // a wrapper said it, or the site's customization
		}
		if err != nil {
			return errGarbled
		}
		switch msg.Event {
		case "prepared":
			r.update(func(s *Status) { s.Version = printable(msg.Python) })
			prepared = true
			isReady()
		case "done":
			if err := r.done(msg.Done); err != nil {
				return err
			}
		default:
			msg.Name, msg.Reason, msg.Where = r.name(msg.Name), r.name(msg.Reason), r.name(msg.Where)
			if err := builder.Add(msg.AsyncioEvent); err != nil {
				return err
			}
			r.changed()
		}
	}
	err := lines.Err()
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		return errGarbled
	case err != nil:
		return fmt.Errorf("read what Python reports: %w", err)
	}
	return nil
}

// errGarbled says that what is no event came between Python's.
var errGarbled = errors.New("Python reports what cannot be understood: does something else write to its standard output?")
