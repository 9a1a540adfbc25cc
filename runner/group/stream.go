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
// open when the child has ended, until all has been read that was written by
// then. It is for one reader, and must be closed.
type Stream struct {
	pipe     *os.File
	orphaned atomic.Bool // the child has ended
	room     int         // bytes that may still come then
}

// mostRest is more than any pipe holds: what comes behind it was written by
// somebody whom the child has left behind.
const mostRest = 1 << 20 // bytes, see pipe(7)

// Start starts cmd, and returns what it is going to write.
func Start(cmd *exec.Cmd) (stdout, stderr *Stream, err error) {
	streams, err := start(cmd, 2)
	if err != nil {
		return nil, nil, err
	}
	return streams[0], streams[1], nil
}

// start starts cmd with two streams, or with one for both.
func start(cmd *exec.Cmd, number int) (streams []*Stream, err error) {
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
		stream, write, err := Pipe()
		if err != nil {
			return streams, err
		}
		streams, to = append(streams, stream), append(to, write)
	}
	cmd.Stdout, cmd.Stderr = to[0], to[number-1]
	return streams, cmd.Start()
}

// Pipe is a stream and the file through which a child writes to it, which must
// be closed here when the child has been started.
func Pipe() (*Stream, *os.File, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return newStream(read), write, nil
}

func newStream(pipe *os.File) *Stream { return &Stream{pipe: pipe, room: mostRest} }

// Orphan is called when the child has ended, and those whom it has left behind
// as far as they could be ended: the stream ends when all is read that is
// there now, even if somebody holds on to it.
func (s *Stream) Orphan() {
	const quiet = time.Second
	s.orphaned.Store(true)
	if err := s.pipe.SetReadDeadline(time.Unix(1, 0)); err != nil { // a pipe of Windows knows none
		time.AfterFunc(quiet, func() { s.pipe.Close() })
	}
}

// Read reads what is there, however long ago the child has ended.
func (s *Stream) Read(p []byte) (int, error) {
	if !s.orphaned.Load() {
		n, err := s.pipe.Read(p)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, ended(err)
		}
	}
	if s.room == 0 {
		return 0, io.EOF
	}
	for {
		n, err := rest(s.pipe, p[:min(len(p), s.room)])
		if errors.Is(err, os.ErrDeadlineExceeded) {
			continue // Orphan has set it only now
		}
		s.room -= n
		return n, ended(err)
	}
}

// ended is io.EOF for a stream that was closed.
func ended(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return io.EOF
	}
	return err
}

// Close ends reading.
func (s *Stream) Close() error { return s.pipe.Close() }
