package exercise

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons/verify"
	"gosyncio/runner/group"
	"gosyncio/runner/terminal"
)

// Bounds of a process that checks, besides those that it has itself, see
// package verify.
const (
	longest   = 25 * time.Second // what stops the world, or never begins, is not ended from inside
	inOrders  = 60 * time.Second // in many orders
	mostBytes = 4 << 20          // of output
	keptBytes = 32 << 10
	mostCrowd = 64 // processes, with itself
)

// Why a process was ended: because of what it printed, or of what it started.
var (
	errFlood = errors.New("too much output")
	errCrowd = errors.New("too many processes")
)

// execute runs a check that was built, in so many orders, or once for 0.
func (j *job) execute(ctx context.Context, path string, schedules int) (*Verdict, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	longest := longest
	if schedules > 0 {
		longest = inOrders
	}
	timed, stop := context.WithTimeout(ctx, longest)
	defer stop()
	token := rand.Text()
	cmd := group.Command(timed, path, "-test.timeout=0")
	cmd.Dir = filepath.Dir(path)
	temp := "TMPDIR=" + cmd.Dir // its own: what it leaves there goes, and by it is found what it leaves running
	cmd.Env = append(slices.Clone(j.tools.environ), "GORACE=atexit_sleep_ms=0 halt_on_error=1", verify.Variable+"="+strconv.Itoa(schedules), verify.TokenVariable+"="+token, "PWD="+cmd.Dir, temp)
	var events bytes.Buffer
	printed := &group.Output{Each: keptBytes, Most: mostBytes, More: func() { cancel(errFlood) }}
	cmd.Stdout, cmd.Stderr = &limited{&events, 4 * mostBytes}, printed
	var watching sync.WaitGroup
	watching.Go(func() { limitCrowd(timed, temp, cancel) })
	status, err := group.Run(cmd)
	group.Sweep(temp)
	late := timed.Err() != nil
	stop()
	watching.Wait()
	switch {
	case errors.Is(context.Cause(ctx), errFlood):
		return &Verdict{Kind: Endless, endless: true, Message: "It prints without an end", Output: outputLines(printed.String())}, nil
	case errors.Is(context.Cause(ctx), errCrowd):
		return &Verdict{Kind: Endless, endless: true, Message: fmt.Sprintf("It starts more than %d processes", mostCrowd), Output: outputLines(printed.String())}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case late:
		message := fmt.Sprintf("It was not over after %v", longest)
		if events.Len() == 0 {
			message += ", before its function was called: what does it do when the program begins?"
		}
		return &Verdict{Kind: Endless, endless: true, Message: message, Output: outputLines(printed.String())}, nil
	case err != nil:
		return nil, j.checker.noPlace(err)
	}
	return j.judge(events.Bytes(), token, printed.String(), status), nil
}

// limitCrowd ends a process when too many have that entry in their
// environment, until ctx ends.
func limitCrowd(ctx context.Context, entry string, end context.CancelCauseFunc) {
	look := time.NewTicker(200 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if group.Count(entry) > mostCrowd {
				end(errCrowd)
			}
		}
	}
}

// judge makes the verdict of what a process reported, with that token, and
// printed.
func (j *job) judge(events []byte, token, printed string, status int) (v *Verdict) {
	name := j.exercise.FileName()
	check, seed := "", uint64(0)
	for line := range bytes.Lines(events) {
		var event verify.Event
		if json.Unmarshal(line, &event) != nil || event.Token != token {
			continue // the learner's program can write there, too
		}
		if event.Check != "" {
			check, seed = event.Check, event.Seed
		}
		switch {
		case event.Solved && status == 0:
			return &Verdict{Kind: Solved, Output: outputLines(printed)}
		case event.Kind != "":
			v = j.src.explain(name, event)
		}
		if v != nil {
			break
		}
	}
	output := printed
	if v == nil {
		v, output = j.src.ended(name, printed, status)
		if seed > 0 {
			v.inOrder(seed)
		}
	}
	v.Check, v.Output = check, outputLines(output)
	return v
}

// outputLines are the lines of what a program printed, as they may be shown.
func outputLines(text string) []string {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = clipped(terminal.Printable(line))
	}
	return lines
}

// clipped is a line without what nobody would read of it.
func clipped(line string) string {
	const widest = 500 // columns
	return ansi.Truncate(line, widest, "…")
}

// limited keeps what is written to it up to so many bytes, and drops the
// rest.
type limited struct {
	to   *bytes.Buffer
	room int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.room)
	l.room -= n
	l.to.Write(p[:n])
	return len(p), nil
}
