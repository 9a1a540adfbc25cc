//go:build unix

package screen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"gosyncio/runner/terminal"
)

// A keyboard is the terminal's input as Bubble Tea gets it. Bubble Tea's own
// reader may outlive a program on a busy machine: it gives up waiting for it
// after half a second, and then two read the terminal, the old one perhaps the
// key that answers the next question. (It looks whether there is a key, and
// reads later, without looking again.) So the keyboard is no file of the kind
// that Bubble Tea waits for by itself, and who stops it knows that nobody
// reads any more. When the terminal can no longer be read, for the window has
// been closed, it says so: Bubble Tea would wait for ever.
type keyboard struct {
	file *os.File
	gone context.CancelCauseFunc

	released bool // the terminal is no longer the program's

	reading sync.Mutex // held by whoever reads
	in      *terminal.Input
}

func newKeyboard(file *os.File, gone context.CancelCauseFunc) (*keyboard, error) {
	k := &keyboard{file: file, gone: gone}
	return k, k.start()
}

// start lets Bubble Tea read. Start and stop are for one goroutine.
func (k *keyboard) start() (err error) {
	k.reading.Lock()
	defer k.reading.Unlock()
	k.in, err = terminal.NewInput(k.file)
	return err
}

// stop ends reading. When it returns nobody reads: what is typed from now on
// is left to who comes next.
func (k *keyboard) stop() {
	if k.in == nil {
		return
	}
	k.in.Stop()
	k.reading.Lock()
	defer k.reading.Unlock()
	k.in.Close()
	k.in = nil
}

// Read reads keys; io.EOF is the end of reading.
func (k *keyboard) Read(p []byte) (int, error) {
	k.reading.Lock()
	defer k.reading.Unlock()
	if k.in == nil {
		return 0, io.EOF
	}
	n, err := k.in.Read(p, 0)
	switch {
	case errors.Is(err, terminal.ErrStopped):
		return 0, io.EOF
	case err != nil:
		k.gone(fmt.Errorf("read a key: %w", err))
		return 0, err
	}
	for i := range p[:n] {
		if p[i] == '\n' { // Enter, pressed before the terminal was in raw mode
			p[i] = '\r'
		}
	}
	return n, nil
}

// release has Bubble Tea leave the terminal's mode alone from now on.
func (k *keyboard) release() { k.released = true }

// Fd is the terminal's, whose mode Bubble Tea sets.
func (k *keyboard) Fd() uintptr {
	if k.released {
		return ^uintptr(0)
	}
	return k.file.Fd()
}

// Write and Close make it what Bubble Tea takes for a terminal.
func (k *keyboard) Write(p []byte) (int, error) { return k.file.Write(p) }

// Close does nothing: the terminal is not the keyboard's.
func (k *keyboard) Close() error { return nil }
