package player

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/timeline"
)

// goSource is Go: the program starts itself again, and the child streams
// the bytes of the runtime's tracer.
func goSource() source {
	return source{
		name: "Go", id: "go", column: 1,
		twin:    func() (Language, bool) { return Python, true },
		ideal:   func(v lessons.Variant, values lessons.Values) time.Duration { return v.Ideal(values) },
		command: goCommand,
		read:    (*Run).readGo,
	}
}

// ownGo are the goroutines that are shown: those of the lessons, and of a
// learner's program.
func ownGo() timeline.Own {
	return timeline.Own{
		Functions: []string{"gosyncio/lessons/", "main."},
		Starters:  []string{"sync.", "golang.org/x/sync/errgroup."},
	}
}

// advancePeriod is how often the tracer hands out what it has. It takes
// effect only in the environment of a program that starts.
const advancePeriod = 50 * time.Millisecond

// goCommand is the program itself as a child.
func goCommand(ctx context.Context, p *Player, _ Setup, job Job) (process, error) {
	executable, err := os.Executable()
	if err != nil {
		return process{}, fmt.Errorf("find the program to run: %w", err)
	}
	cmd := exec.CommandContext(ctx, executable, childArgs(job)...)
	cmd.Env = childEnv(p.environ, job)
	return process{cmd: cmd, clear: func() {}}, nil
}

// childEnv is the environment of a child: what it inherits, the tracer's
// period, and GOMAXPROCS if the job sets it.
func childEnv(environ []string, job Job) []string {
	debug := "traceadvanceperiod=" + strconv.FormatInt(advancePeriod.Nanoseconds(), 10)
	env := make([]string, 0, len(environ)+2)
	for _, entry := range environ {
		if old, ok := strings.CutPrefix(entry, "GODEBUG="); ok {
			debug = old + "," + debug
			continue
		}
		env = append(env, entry)
	}
	env = append(env, "GODEBUG="+debug)
	procs := job.Procs
	if procs == 0 {
		procs = job.Variant.Procs
	}
	if procs > 0 {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(procs))
	}
	return env
}

// readGo reads the frames that a child sends, and the trace in them.
func (r *Run) readGo(stdout io.Reader, isReady func()) error {
	pipe, trace := io.Pipe()
	var building sync.WaitGroup
	var traceErr error
	building.Go(func() {
		if !r.Job.Variant.Untraced {
			traceErr = r.Timeline.ReadGo(pipe, ownGo(), r.changed)
		}
		io.Copy(io.Discard, pipe)
	})
	frameErr := readFrames(stdout, func(kind frameKind, payload []byte) error {
		switch kind {
		case frameTrace:
			_, err := trace.Write(payload)
			return err
		case frameReady:
			var msg ready
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read ready frame: %w", err)
			}
			r.update(func(s *Status) { s.Procs = msg.Procs })
			isReady()
		case frameDone:
			var msg done
			if err := json.Unmarshal(payload, &msg); err != nil {
				return fmt.Errorf("read done frame: %w", err)
			}
			r.done(msg)
		default:
			return fmt.Errorf("read frame: unknown kind %q", kind)
		}
		return nil
	})
	trace.Close()
	building.Wait()
	if frameErr != nil {
		return frameErr
	}
	return traceErr
}
