package group

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// A Stream is a child's stdout or stderr. Unlike that of an exec.Cmd it stays
// open when the child has ended, until all has been read. It must be closed.
type Stream struct {
	pipe     *os.File
	orphaned atomic.Bool   // the child has ended
	quiet    time.Duration // after which an orphan ends
}

// Start starts cmd. Its streams end when they have been quiet for so long
// after they were orphaned.
func Start(cmd *exec.Cmd, quiet time.Duration) (stdout, stderr *Stream, err error) {
	streams, err := start(cmd, quiet, 2)
	if err != nil {
		return nil, nil, err
	}
	return streams[0], streams[1], nil
}

// start starts cmd with two streams, or with one for both.
func start(cmd *exec.Cmd, quiet time.Duration, number int) (streams []*Stream, err error) {
	var to []*os.File // only the child's
	defer func() {
		for _, file := range to {
			file.Close()
		}
		if err != nil {
			for _, s := range streams {
				s.Close()
			}
		}
	}()
	for range number {
		read, write, err := os.Pipe()
		if err != nil {
			return streams, err
		}
		streams, to = append(streams, &Stream{pipe: read, quiet: quiet}), append(to, write)
	}
	cmd.Stdout, cmd.Stderr = to[0], to[number-1]
	return streams, cmd.Start()
}

// Orphan is called when the child has ended. Where it has left behind
// somebody who holds on to the stream, that ends once it is quiet.
func (s *Stream) Orphan() {
	s.orphaned.Store(true)
	if err := s.pipe.SetReadDeadline(time.Now().Add(s.quiet)); err != nil { // a pipe of Windows knows none
		time.AfterFunc(s.quiet, func() { s.pipe.Close() })
	}
}

// Read reads what is there, however long ago the child has ended.
func (s *Stream) Read(p []byte) (int, error) {
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

// Close ends reading.
func (s *Stream) Close() error { return s.pipe.Close() }
