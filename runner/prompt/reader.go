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
	source  source
	redraws bool // the question can be put anew
	keys    keys
	rest    string // of a key that did not fit
	err     error  // why there will be no more keys
}

// errResized says that the question is to be put anew: the window has another
// size, or it was asked for. Reading may go on.
var errResized = errors.New("the window has another size")

// Read waits for a key that survey understands. After an error other than
// errResized it gives that error again.
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
		case err == errResized:
			return 0, err
		case err != nil:
			r.err = err
		case ok:
			if r.rest = r.keys.feed(b); r.rest == redraw {
				if r.rest = ""; r.redraws {
					return 0, errResized
				}
			}
		default:
			r.keys.expire()
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
	close()
}
