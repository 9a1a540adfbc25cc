package player

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/environ"
	"gosyncio/runner/group"
	"gosyncio/runner/timeline"
)

// goSource is Go: the program starts itself again, and the child streams
// the bytes of the runtime's tracer.
func goSource() source {
	return source{
		name: "Go", id: "go", column: 1,
		twin:    func() (Language, bool) { return Python, true },
		ideal:   func(v lessons.Variant, values lessons.Values) time.Duration { return v.Ideal(values) },
		file:    func(s Setup) []byte { return s.Lesson.Source() },
		command: goCommand,
		read:    (*Run).readGo,
	}
}

// ownGo are the goroutines that are shown: those of the lessons, or of a
// learner's program.
func (r *Run) ownGo() timeline.Own {
	functions := []string{"gosyncio/lessons/", "main."}
	if program := r.Job.Program; program != nil {
		functions = []string{program.Package + "."}
	}
	return timeline.Own{
		Name:      r.name,
		Functions: functions,
		Starters:  []string{"sync.", "golang.org/x/sync/errgroup."},
	}
}

// advancePeriod is how often the tracer hands out what it has. It takes
// effect only in the environment of a program that starts.
const advancePeriod = 50 * time.Millisecond

// goCommand is the program itself as a child, or the job's own.
func goCommand(ctx context.Context, p *Player, job Job) (process, error) {
	if program := job.Program; program != nil {
		temp, err := os.MkdirTemp(filepath.Dir(program.Path), "temp-") // its own: by it is found what it leaves running
		if err != nil {
			return process{}, fmt.Errorf("prepare a run: %w", err)
		}
		entry := "TMPDIR=" + temp
		cmd := exec.CommandContext(ctx, program.Path)
		cmd.Dir, cmd.Env = filepath.Dir(program.Path), append(childEnv(p.environ, job), entry)
		return process{cmd: cmd, clear: func() {
			group.Sweep(entry)
			os.RemoveAll(temp)
		}}, nil
	}
	path, name, err := group.Self()
	if err != nil {
		return process{}, fmt.Errorf("find the program to run: %w", err)
	}
	cmd := exec.CommandContext(ctx, path, childArgs(job)...)
	cmd.Args[0] = name
	cmd.Env = childEnv(p.environ, job)
	return process{cmd: cmd, clear: func() {}}, nil
}

// childEnv is the environment of a child in Go: what it inherits, the
// tracer's period, and GOMAXPROCS: what the job or its variant sets, or what
// env has, or the CPUs that there are, of which Go may see more.
func childEnv(env environ.Environ, job Job) []string {
	child := append(inherited(env), "GODEBUG="+inheritedSettings(env)+"traceadvanceperiod="+strconv.FormatInt(advancePeriod.Nanoseconds(), 10))
	procs := cmp.Or(job.Procs, job.Variant.Procs)
	if procs == 0 && env.Get("GOMAXPROCS") == "" {
		procs = job.Values.CPUs
	}
	if procs > 0 {
		child = append(child, "GOMAXPROCS="+strconv.Itoa(procs))
	}
	return child
}

// errUnfollowed says that a learner's program writes between the frames. The
// stream is of no use behind that.
var errUnfollowed = errors.New("it prints where it cannot be followed: does it print before main, or keep os.Stdout in a variable?")

// readGo reads the frames that a child sends, and the trace in them.
func (r *Run) readGo(stdout io.Reader, isReady func()) error {
	pipe, trace := io.Pipe()
	var building sync.WaitGroup
	var traceErr error
	building.Go(func() {
		if !r.Job.Variant.Untraced {
			traceErr = r.Timeline.ReadGo(pipe, r.ownGo(), r.changed)
		}
		io.Copy(io.Discard, pipe)
	})
	frameErr := child.ReadFrames(stdout, func(kind child.FrameKind, payload []byte) error {
		switch kind {
		case child.FrameTrace:
			_, err := trace.Write(payload)
			return err
		case child.FrameReady:
			var msg child.Ready
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read ready frame: %w", err)
			}
			if err := doubtReady(msg); err != nil {
				return err
			}
			r.update(func(s *Status) { s.Procs = msg.Procs })
			isReady()
		case child.FrameDone:
			var msg child.Done
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read done frame: %w", err)
			}
			return r.done(msg)
		default:
			return fmt.Errorf("read frame: unknown kind %q", kind)
		}
		return nil
	})
	trace.Close()
	building.Wait()
	switch {
	case frameErr != nil && r.Job.Program != nil && !errors.Is(frameErr, io.ErrUnexpectedEOF):
		return errUnfollowed
	case frameErr != nil:
		return frameErr
	}
	return traceErr
}
