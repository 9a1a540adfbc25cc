// Package child is a run from the inside: the process that waits for the
// start signal, traces itself, runs something and says what it took. Package
// player is its parent.
//
// It is also compiled into programs that the learner's Go builds, so it
// imports the standard library alone.
package child

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/trace"
	"sync"
	"time"
)

// grace is how long a run may go on after it has been asked to stop.
const grace = 100 * time.Millisecond

// Options say how something is run.
type Options struct {
	// Untraced makes no trace.
	Untraced bool
	// Measured says that the run is made for what it costs alone. What it
	// prints goes nowhere.
	Measured bool
	// Alone says that no goroutine waits beside the program, so that Go sees
	// when all of them are asleep. It cannot be asked to stop, only be killed.
	Alone bool
	// Memory is how many bytes the process may take; 0 is any number.
	Memory uint64
}

// Run waits for the parent's start signal, calls run, tells the parent what
// came of it, and returns the exit status. It does not return if it was asked
// to stop in the middle: the context ends then, and soon after the process,
// whatever goes on in it. It redirects os.Stdout and os.Stdin, so it must be
// all that the process does.
func Run(o Options, run func(context.Context) error) int {
	events := newFrames(os.Stdout)
	if !o.Untraced {
		if err := trace.Start(events(FrameTrace)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	c := child{ready: events(FrameReady), done: events(FrameDone), stdin: bufio.NewReader(os.Stdin)}
	os.Stdout = os.Stderr // what the program prints goes there
	nowhere, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	os.Stdin = nowhere // the program's own is the parent's
	if o.Measured {
		os.Stdout = nowhere
	}
	return c.run(o, run)
}

type child struct {
	ready, done frameWriter
	stdin       *bufio.Reader
	once        sync.Once
}

func (c *child) run(o Options, run func(context.Context) error) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if o.Untraced {
		debug.FreeOSMemory() // or what is free already would not count when the run takes it
	}
	fmt.Fprintf(os.Stderr, "\n%s\n", QuietLine)
	send(c.ready, Ready{Procs: runtime.GOMAXPROCS(0)})
	if line, err := c.stdin.ReadString('\n'); err != nil || line != StartLine {
		return 1 // the parent gave up
	}
	before := UsageNow()
	trace.Log(ctx, MarkCategory, MarkStart)
	start := time.Now()
	if !o.Alone {
		go func() {
			io.Copy(io.Discard, c.stdin) // ends when the parent asks to stop, or is gone
			cancel()
			time.Sleep(grace)
			c.finish(ctx, start, before, context.Canceled)
			os.Exit(1)
		}()
	}
	if o.Memory > 0 {
		go func() {
			waitForMemory(o.Memory)
			c.finish(ctx, start, before, fmt.Errorf("ended, for it takes more than %d MB of memory", o.Memory>>20))
			os.Exit(1)
		}()
	}
	err := run(ctx)
	c.finish(ctx, start, before, err)
	if err != nil {
		return 1
	}
	return 0
}

// waitForMemory waits until the process takes more bytes than most.
func waitForMemory(most uint64) {
	const every = 20 * time.Millisecond
	total := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for {
		metrics.Read(total)
		if total[0].Value.Uint64() > most {
			return
		}
		time.Sleep(every)
	}
}

// A Usage is what this process has used, and has, at one moment.
type Usage struct {
	cpu      time.Duration
	resident int64 // bytes of memory; 0 is unknown
}

// UsageNow is the usage at this moment.
func UsageNow() Usage { return Usage{cpuTime(), residentMemory()} }

// Since is the CPU time since then, and the most memory that was resident, in
// bytes, beyond what was then; 0 is unknown.
func (u Usage) Since() (cpu time.Duration, memory int64) {
	if u.resident > 0 {
		memory = max(0, peakMemory()-u.resident)
	}
	return cpuTime() - u.cpu, memory
}

// finish is the end of the run. As when a program's main returns, what
// other goroutines still print is lost.
func (c *child) finish(ctx context.Context, start time.Time, before Usage, err error) {
	c.once.Do(func() {
		d := Done{Elapsed: time.Since(start)}
		trace.Log(ctx, MarkCategory, MarkEnd)
		os.Stderr.Close()
		d.CPU, d.Memory = before.Since()
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
