package prompt

import (
	"errors"
	"io"
	"time"
)

// A source gives bytes one by one. Without a byte within the timeout it
// returns false and no error; a timeout of 0 is for ever.
type source interface {
	next(timeout time.Duration) (b byte, ok bool, err error)
}

// A keyReader reads one key at a time: no byte is taken from the source
// before the key before it has been used.
type keyReader struct {
	source source
	again  bool // the question can be put anew
	keys   keys
	rest   string // of a key that did not fit
	err    error  // why there will be no more keys
}

// The errors after which reading may go on.
var (
	// errAgain says that the question is to be put anew: the window has
	// another size, or it was asked for.
	errAgain = errors.New("the window has another size")
	// errSuspend says that the program is to stop for a while.
	errSuspend = errors.New("the program is to stop")
)

// Read waits for a key that survey, or the guard before it, understands.
// After an error other than errAgain and errSuspend it gives that error again.
func (r *keyReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for r.rest == "" {
		if r.err != nil {
			return 0, r.err
		}
		b, ok, err := r.source.next(r.keys.timeout())
		switch {
		case err == errAgain, err == errSuspend:
			return 0, err
		case err != nil:
			r.err = err
		case ok:
			r.rest = r.keys.feed(b)
		default:
			r.rest = r.keys.expire()
		}
		if r.rest == redraw || r.rest == suspend {
			err := errAgain
			if r.rest == suspend {
				err = errSuspend
			}
			if r.rest = ""; r.again {
				return 0, err
			}
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// failure is why there are no more keys, nil if there may be.
func (r *keyReader) failure() error { return r.err }

// An input is what survey reads from.
type input interface {
	io.Reader
	Fd() uintptr
	failure() error
	// suspend stops the program for a while, the terminal being as it was. It
	// reports whether the terminal is the program's again: see terminal.Suspend.
	suspend() bool
	close()
}
