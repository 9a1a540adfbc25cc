package player

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/trace"
	"strconv"
	"strings"
	"sync"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/timeline"
)

// ChildCommand is the first argument with which the program starts itself
// again to run one variant.
const ChildCommand = "__run"

// grace is how long a run may go on after it has been asked to stop.
const grace = 100 * time.Millisecond

// Child is the program in its role as a child: it runs the variant that
// args, the arguments after ChildCommand, name. It returns the exit status,
// or does not return if it was asked to stop in the middle. It redirects
// os.Stdout, so it must be all that the process does.
func Child(args []string) int {
	variant, values, measured, err := parseArgs(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	events := newFrames(os.Stdout)
	if !variant.Untraced {
		if err := trace.Start(events(frameTrace)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	c := child{ready: events(frameReady), done: events(frameDone), stdin: bufio.NewReader(os.Stdin)}
	os.Stdout = os.Stderr // what the program prints goes there
	if measured {
		if os.Stdout, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return c.run(variant, values)
}

type child struct {
	ready, done frameWriter
	stdin       *bufio.Reader
	once        sync.Once
}

func (c *child) run(variant lessons.Variant, values lessons.Values) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if variant.Untraced {
		debug.FreeOSMemory() // or what is free already would not count when the run takes it
	}
	fmt.Fprintf(os.Stderr, "\n%s\n", quietLine)
	send(c.ready, ready{Procs: runtime.GOMAXPROCS(0)})
	if line, err := c.stdin.ReadString('\n'); err != nil || line != startLine {
		return 1 // the parent gave up
	}
	before := usageNow()
	trace.Log(ctx, timeline.MarkCategory, timeline.MarkStart)
	start := time.Now()
	go func() {
		io.Copy(io.Discard, c.stdin) // ends when the parent asks to stop, or is gone
		cancel()
		time.Sleep(grace)
		c.finish(ctx, start, before, context.Canceled)
		os.Exit(1)
	}()
	err := variant.Run(ctx, values)
	c.finish(ctx, start, before, err)
	if err != nil {
		return 1
	}
	return 0
}

// A usage is what this process has used, and has, at one moment.
type usage struct {
	cpu      time.Duration
	resident int64 // bytes of memory; 0 is unknown
}

func usageNow() usage { return usage{cpuTime(), residentMemory()} }

// finish is the end of the run. As when a program's main returns, what
// other goroutines still print is lost.
func (c *child) finish(ctx context.Context, start time.Time, before usage, err error) {
	c.once.Do(func() {
		d := done{Elapsed: time.Since(start)}
		trace.Log(ctx, timeline.MarkCategory, timeline.MarkEnd)
		os.Stderr.Close()
		d.CPU = cpuTime() - before.cpu
		d.MaxRSS = peakMemory()
		if before.resident > 0 {
			d.Memory = max(0, d.MaxRSS-before.resident)
		}
		if err != nil {
			d.Err = err.Error()
		}
		trace.Stop()
		send(c.done, d)
	})
}

// send writes v as one frame. If the parent is gone there is nobody to tell.
func send(w frameWriter, v any) {
	if data, err := json.Marshal(v); err == nil {
		w.Write(data)
	}
}

// childArgs are the arguments that make the program a child for the job.
func childArgs(j Job) []string {
	args := []string{ChildCommand, j.Lesson.ID, j.Variant.Name, strconv.FormatBool(j.Variant.Untraced), strconv.FormatBool(j.Measured), j.Values.Server}
	for name, text := range j.Values.Secret() {
		if text != "" {
			args = append(args, name+"="+text)
		}
	}
	return args
}

// parseArgs reads what childArgs wrote, without the first.
func parseArgs(args []string) (variant lessons.Variant, values lessons.Values, measured bool, err error) {
	if len(args) < 5 {
		return variant, values, false, fmt.Errorf("%s is for the program itself; see gosyncio help run", ChildCommand)
	}
	lesson, err := lessons.Find(args[0])
	if err != nil {
		return variant, values, false, err
	}
	if variant, err = lesson.Variant(args[1]); err != nil {
		return variant, values, false, err
	}
	variant.Untraced, measured = args[2] == "true", args[3] == "true"
	values = lesson.Defaults()
	values.Server = args[4]
	for _, arg := range args[5:] {
		name, text, _ := strings.Cut(arg, "=")
		if values, err = values.With(name, text); err != nil {
			return variant, values, false, err
		}
	}
	return variant, values, measured, nil
}
