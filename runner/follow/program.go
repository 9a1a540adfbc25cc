// Package follow starts programs of the learner's own together, and follows
// what they do for as long as they run. It shows nothing.
package follow

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/group"
	"gosyncio/runner/janitor"
	"gosyncio/runner/overlay"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A Program is one that is ready to be started.
type Program struct {
	Name     string // as the learner wrote it
	Language player.Language

	own   *timeline.GoProgram // in Go
	leaks string              // the file with the runtime's profile of leaks; "" is none

	cmd   *exec.Cmd
	clear func()
	// read follows what the program tells, calls ready when it waits for the
	// start signal, and changed for whatever is new.
	read func(r *Run, events io.Reader, ready, changed func()) error
}

// Clear removes what the program needed. It is called when it has ended, or is
// not started.
func (p *Program) Clear() { p.clear() }

// advancePeriod is how often Go's tracer hands out what it has, as in lessons.
const advancePeriod = "traceadvanceperiod=50000000"

// Go builds a program in Go.
//
// When its main begins its environment is env and janitor.Entry, by which it is
// found, and its children are, if it is to be ended. In what is initialised
// before there are also GODEBUG with the tracer's period, the variables of package
// overlay, and the two pipes of which these tell.
func Go(ctx context.Context, env environ.Environ, o overlay.Options, args []string) (*Program, error) {
	builder, err := overlay.New(env)
	if err != nil {
		return nil, err
	}
	folder, err := env.MkdirTemp()
	if err != nil {
		return nil, fmt.Errorf("no place for temporary files: %w", err)
	}
	entry := janitor.Entry(folder)
	clear := func() {
		group.Sweep(entry)
		os.RemoveAll(folder)
	}
	built, err := builder.Build(ctx, o, folder)
	if err != nil {
		clear()
		return nil, err
	}
	p := &Program{Name: o.Target, Language: player.Go, cmd: exec.Command(built.Path, args...), clear: clear}
	p.cmd.Args[0] = name(o)
	settings, set := lookup(env, "GODEBUG")
	p.cmd.Env = append(p.cmd.Env, env...)
	if set {
		p.cmd.Env = append(p.cmd.Env, overlay.SettingsVariable+"="+settings, "GODEBUG="+strings.TrimPrefix(settings+","+advancePeriod, ","))
	} else {
		p.cmd.Env = append(p.cmd.Env, "GODEBUG="+advancePeriod)
	}
	p.cmd.Env = append(p.cmd.Env, entry)
	if o.Test { // as go test does
		p.cmd.Dir = built.Dir
		p.cmd.Env = append(p.cmd.Env, "PWD="+p.cmd.Dir)
	}
	if o.Leaks {
		p.leaks = filepath.Join(folder, "leaks.txt")
		p.cmd.Env = append(p.cmd.Env, overlay.LeaksVariable+"="+p.leaks)
	}
	p.own = &built.Own
	p.read = func(r *Run, events io.Reader, ready, changed func()) error {
		head := &firstByte{from: events, seen: ready} // the tracer writes at once
		return r.Timeline.ReadGo(head, timeline.Own{Name: player.LaneName, Program: &built.Own}, changed)
	}
	return p, nil
}

// name is what a program is told that it is called.
func name(o overlay.Options) string {
	base := filepath.Base(strings.TrimSuffix(strings.Split(o.Target, ",")[0], ".go"))
	if whole, err := filepath.Abs(o.Target); err == nil && (base == "." || base == "..") {
		base = filepath.Base(whole)
	}
	if o.Test {
		base += ".test"
	}
	return base
}

func lookup(env environ.Environ, name string) (value string, ok bool) {
	for _, entry := range env {
		if rest, is := strings.CutPrefix(entry, name+"="); is {
			value, ok = rest, true
		}
	}
	return value, ok
}

// pipes are, in the environment, the descriptors by which a program and its
// follower talk.
func pipes(numbers []int) string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, strconv.Itoa(n))
	}
	return overlay.PipesVariable + "=" + strings.Join(texts, ",")
}

// firstByte says when the first byte has been read.
type firstByte struct {
	from io.Reader
	seen func()
}

func (f *firstByte) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if n > 0 && f.seen != nil {
		f.seen()
		f.seen = nil
	}
	return n, err
}
