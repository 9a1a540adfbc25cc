package player

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// A stream is a child's stdout or stderr. Unlike that of an exec.Cmd it stays
// open when the child has ended, until all has been read.
type stream struct {
	pipe     *os.File
	orphaned atomic.Bool   // the child has ended
	quiet    time.Duration // after which an orphan ends
}

// orphan is called when the child has ended. Where it has left behind
// somebody who holds on to the stream, that ends once it is quiet.
func (s *stream) orphan() {
	s.orphaned.Store(true)
	if err := s.pipe.SetReadDeadline(time.Now().Add(s.quiet)); err != nil { // a pipe of Windows knows none
		time.AfterFunc(s.quiet, func() { s.pipe.Close() })
	}
}

// Read reads what is there, however long ago the child has ended.
func (s *stream) Read(p []byte) (int, error) {
	for waited := false; ; waited = true {
		if s.orphaned.Load() {
			s.pipe.SetReadDeadline(time.Now().Add(s.quiet))
		}
		n, err := s.pipe.Read(p)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && !waited:
			// This process may have been kept from seeing what came in time:
			// only reading anew looks for it.
		case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, os.ErrClosed):
			return n, io.EOF
		default:
			return n, err
		}
	}
}

// startChild starts cmd. Its streams end when they have been quiet for so
// long after the end of the child.
func startChild(cmd *exec.Cmd, quiet time.Duration) (stdout, stderr *stream, err error) {
	fromStdout, toStdout, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	defer toStdout.Close()
	fromStderr, toStderr, err := os.Pipe()
	if err != nil {
		fromStdout.Close()
		return nil, nil, err
	}
	defer toStderr.Close()
	cmd.Stdout, cmd.Stderr = toStdout, toStderr
	if err := cmd.Start(); err != nil {
		fromStdout.Close()
		fromStderr.Close()
		return nil, nil, err
	}
	return &stream{pipe: fromStdout, quiet: quiet}, &stream{pipe: fromStderr, quiet: quiet}, nil
}
