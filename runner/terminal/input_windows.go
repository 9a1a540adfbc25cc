package terminal

import (
	"io"
	"os"
	"time"
)

// An Input reads a console, or whatever file it is given. Here waiting for it
// cannot be ended: Ctrl-C does that.
type Input struct{ file *os.File }

// NewInput is an Input that reads file, which stays the caller's to close.
func NewInput(file *os.File) (*Input, error) { return &Input{file}, nil }

// Read reads what comes, whatever timeout. The error is io.EOF at the end of
// the file, and else what the system says.
func (in *Input) Read(p []byte, timeout time.Duration) (int, error) {
	n, err := in.file.Read(p)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

// Stop does nothing here.
func (in *Input) Stop() {}

// Close does nothing here.
func (in *Input) Close() {}
