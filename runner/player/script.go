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
	"slices"

	"gosyncio/runner/child"
	"gosyncio/runner/environ"
	"gosyncio/runner/group"
	"gosyncio/runner/janitor"
	"gosyncio/runner/timeline"
)

// ScriptPipes names the environment variable with the two descriptors, on
// Windows handles, through which a script's Python talks to us, as "3,4". On
// the first it writes what ReadScript reads. On the second it waits for the
// line "start", before which the script does not begin, and closes it; its end
// before that ends the process with status 1. The script sees neither the
// variable nor the descriptors.
const ScriptPipes = "GOSYNCIO_PIPES"

// watcher are the files that watch a script. They are Python's sitecustomize,
// and what that imports.
//
//go:embed program.py watch.py recorder.py
var watcher embed.FS

// Script is Python, not yet started, with a script of the user's own and its
// arguments. Its standard streams, its folder, its environment and its exit
// status are as if it were started without us, but that it tells what its tasks
// do through the pipes, which the caller adds: see ScriptPipes. If a wrapper of
// Python's keeps the environment from it, nothing comes from the pipes. With
// lines it writes each line of its output at once, as to a terminal.
//
// The caller must call clear once the process has ended, or was not started: it
// ends what the script has left running. The error is a *fault.Error if there
// is no Python.
func (p *Player) Script(ctx context.Context, path string, args []string, lines bool) (cmd *exec.Cmd, clear func(), err error) {
	python, err := p.Python(ctx)
	if err != nil {
		return nil, nil, err
	}
	folder, err := p.environ.MkdirTemp()
	if err != nil {
		return nil, nil, unprepared(err)
	}
	folder = absolute(folder)
	clear = func() {
		group.Sweep(janitor.Entry(folder))
		os.RemoveAll(folder)
	}
	first := filepath.Join(folder, "first") // on PYTHONPATH, where only one file is to be found
	if err := unpackWatcher(folder, first, path, p.environ, lines); err != nil {
		clear()
		return nil, nil, unprepared(err)
	}
	cmd = exec.CommandContext(ctx, python.Path, append([]string{path}, args...)...)
	list := first
	if more := p.environ.Get("PYTHONPATH"); more != "" {
		list += string(filepath.ListSeparator) + more
	}
	cmd.Env = append(environ.Environ{}, p.environ...)
	cmd.Env = append(cmd.Env, janitor.Entry(folder), "PYTHONPATH="+list)
	return cmd, clear, nil
}

// unpackWatcher writes the files that watch a script, and beside the first of
// them what it cannot be told otherwise: the script, by which it tells its
// process from others, and what PYTHONPATH was.
func unpackWatcher(folder, first, script string, env environ.Environ, lines bool) error {
	if err := os.Mkdir(first, 0o700); err != nil {
		return err
	}
	names, err := fs.Glob(watcher, "*.py")
	if err != nil {
		return err
	}
	files := map[string][]byte{filepath.Join(first, "script"): []byte(script)}
	path := env.Get("PYTHONPATH")
	if path != "" || slices.Contains(env, "PYTHONPATH=") {
		files[filepath.Join(first, "pythonpath")] = []byte(path)
	}
	if lines {
		files[filepath.Join(first, "lines")] = nil
	}
	for _, name := range names {
		content, err := watcher.ReadFile(name)
		if err != nil {
			return err
		}
		if name == "program.py" {
			name = filepath.Join(first, "sitecustomize.py")
		} else {
			name = filepath.Join(folder, name)
		}
		files[name] = content
	}
	for name, content := range files {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// A ScriptReader is told what ReadScript reads.
type ScriptReader struct {
	Prepared func(version string) // Python waits for the start
	Changed  func()               // there is something new in the timeline
	Done     func(child.Done)     // the script has ended by itself
}

// ReadScript follows what Script's Python writes on the first of its pipes, to
// the end, which may come in the middle. The builder is one for a script. What
// other processes that have come to the pipe write is an error.
func ReadScript(events io.Reader, b *timeline.AsyncioBuilder, to ScriptReader) error {
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, maxEvent)
	for lines.Scan() {
		var msg message
		if err := json.Unmarshal(lines.Bytes(), &msg); err != nil {
			return errGarbledScript
		}
		switch msg.Event {
		case "prepared":
			to.Prepared(Printable(msg.Python))
		case "done":
			msg.Err = Printable(msg.Err)
			b.End(msg.Elapsed)
			to.Done(msg.Done)
		default:
			for _, text := range []*string{&msg.Name, &msg.Function, &msg.Reason, &msg.Where} {
				if *text != "" {
					*text = LaneName(*text)
				}
			}
			if err := b.Add(msg.AsyncioEvent); err != nil {
				return err
			}
			to.Changed()
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return errGarbledScript
	case err != nil:
		return fmt.Errorf("read what Python reports: %w", err)
	}
	return nil
}

// errGarbledScript says that what is no event came between Python's.
var errGarbledScript = errors.New("Python reports what cannot be understood: does the script write to descriptors that it has not opened?")
