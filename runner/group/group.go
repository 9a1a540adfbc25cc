// Package group starts children that can be ended as a whole.
package group

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Command is a child, not yet started, that leads a group of processes of
// its own and is ended with all of it when ctx ends. Once it has ended, End
// ends what it has left.
func Command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	Lead(cmd)
	cmd.Cancel = func() error {
		End(cmd.Process.Pid)
		return cmd.Process.Kill()
	}
	return cmd
}

// Run runs a child of Command to its end, and ends what it has left. All that
// it wrote goes to its Stdout and Stderr, which must not be nil, however slow
// this machine is; what it has left may hold them open, but is not waited for.
// An exit status is no error.
func Run(cmd *exec.Cmd) (exitCode int, err error) {
	to := []io.Writer{cmd.Stdout, cmd.Stderr}
	if cmd.Stdout == cmd.Stderr {
		to = to[:1]
	}
	streams, err := start(cmd, len(to))
	if err != nil {
		return -1, err
	}
	var reading errgroup.Group
	for i, s := range streams {
		defer s.Close()
		reading.Go(func() error {
			_, err := io.Copy(to[i], s)
			return err
		})
	}
	err = cmd.Wait()
	End(cmd.Process.Pid)
	for _, s := range streams {
		s.Orphan()
	}
	if unread := reading.Wait(); unread != nil {
		return -1, unread
	}
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		return -1, err
	}
	return cmd.ProcessState.ExitCode(), nil
}

// Output keeps the first and the last bytes of what is written to it, so many
// of each, and counts them all. It is for one writer.
type Output struct {
	Each  int
	Count int64
	// More, if it is not nil, is called when there are more than Most bytes.
	Most int64
	More func()

	first, last []byte
}

var _ io.Writer = (*Output)(nil)

func (o *Output) Write(p []byte) (int, error) {
	before := o.Count
	o.Count += int64(len(p))
	if o.More != nil && before <= o.Most && o.Count > o.Most {
		o.More()
	}
	room := min(len(p), o.Each-len(o.first))
	o.first = append(o.first, p[:room]...)
	o.last = append(o.last, p[room:]...)
	if over := len(o.last) - o.Each; over > o.Each { // now and then, not at each write
		o.last = append(o.last[:0], o.last[over:]...)
	}
	return len(p), nil
}

// String is what was kept; what is left out between is a line of its own.
func (o *Output) String() string {
	last := o.last[max(len(o.last)-o.Each, 0):]
	if left := o.Count - int64(len(o.first)+len(last)); left > 0 {
		return string(o.first) + "\n...\n" + string(last)
	}
	return string(o.first) + string(last)
}

// Self is the path with which this program is started again, and its name. On
// Linux the path stands for the program that runs, even if its file has been
// replaced since or is gone.
func Self() (path, name string, err error) {
	const running = "/proc/self/exe"
	name, err = os.Executable()
	if runtime.GOOS == "linux" {
		if _, missing := os.Stat(running); missing == nil {
			return running, cmp.Or(name, running), nil
		}
	}
	return name, name, err
}
