package player

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
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
	variant, values, err := parseArgs(args)
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
	fmt.Fprintf(os.Stderr, "\n%s\n", quietLine)
	send(c.ready, ready{Procs: runtime.GOMAXPROCS(0)})
	if line, err := c.stdin.ReadString('\n'); err != nil || line != startLine {
		return 1 // the parent gave up
	}
	cpu := cpuTime()
	trace.Log(ctx, timeline.MarkCategory, timeline.MarkStart)
	start := time.Now()
	go func() {
		io.Copy(io.Discard, c.stdin) // ends when the parent asks to stop, or is gone
		cancel()
		time.Sleep(grace)
		c.finish(ctx, start, cpu, context.Canceled)
		os.Exit(1)
	}()
	err := variant.Run(ctx, values)
	c.finish(ctx, start, cpu, err)
	if err != nil {
		return 1
	}
	return 0
}

// finish is the end of the run. As when a program's main returns, what
// other goroutines still print is lost.
func (c *child) finish(ctx context.Context, start time.Time, cpu time.Duration, err error) {
	c.once.Do(func() {
		d := done{Elapsed: time.Since(start)}
		trace.Log(ctx, timeline.MarkCategory, timeline.MarkEnd)
		os.Stderr.Close()
		d.CPU = cpuTime() - cpu
		d.MaxRSS = peakMemory()
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
	args := []string{ChildCommand, j.Lesson.ID, j.Variant.Name, strconv.FormatBool(j.Variant.Untraced), j.Values.Server}
	for name, text := range j.Values.Secret() {
		if text != "" {
			args = append(args, name+"="+text)
		}
	}
	return args
}

// parseArgs reads what childArgs wrote, without the first.
func parseArgs(args []string) (lessons.Variant, lessons.Values, error) {
	if len(args) < 4 {
		return lessons.Variant{}, lessons.Values{}, fmt.Errorf("%s is for the program itself; see gosyncio help run", ChildCommand)
	}
	lesson, err := lessons.Find(args[0])
	if err != nil {
		return lessons.Variant{}, lessons.Values{}, err
	}
	variant, err := lesson.Variant(args[1])
	if err != nil {
		return lessons.Variant{}, lessons.Values{}, err
	}
	variant.Untraced = args[2] == "true"
	values := lesson.Defaults()
	values.Server = args[3]
	for _, arg := range args[4:] {
		name, text, _ := strings.Cut(arg, "=")
		if values, err = values.With(name, text); err != nil {
			return lessons.Variant{}, lessons.Values{}, err
		}
	}
	return variant, values, nil
}
