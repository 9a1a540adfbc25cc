package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// An Error says why progress is not kept, or an export not read. Nothing
// is lost by it: what is on disk is as before.
type Error struct {
	What string // in one line
	Next string // what to do
	Err  error  // the cause
}

func (e *Error) Error() string { return e.What }
func (e *Error) Unwrap() error { return e.Err }

var (
	errLocked  = errors.New("another gosyncio is writing to it")
	errNotFile = errors.New("it is not a file")
)

// explain turns what went wrong with the file at path into an *Error; nil
// stays nil.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	elsewhere := "name another place in " + Variable
	e := &Error{Err: err}
	_, newer := errors.AsType[*newerError](err)
	switch {
	case newer:
		e.What = fmt.Sprintf("%s is from a newer version of gosyncio, so progress is not kept", path)
		e.Next = "update gosyncio, or " + elsewhere
	case errors.Is(err, errLocked):
		e.What = fmt.Sprintf("another gosyncio is writing to %s", path)
		e.Next = "wait for it or end it; what you do is saved as soon as it can be"
	case isFull(err):
		e.What = fmt.Sprintf("there is no room on the disk for %s", path)
		e.Next = "make room; what you do is saved as soon as it can be"
	case errors.Is(err, errNotFile):
		e.What = fmt.Sprintf("%s is not a file, so progress is not kept", path)
		e.Next = "move it away, or " + elsewhere
	case errors.Is(err, syscall.ENOTDIR):
		e.What = fmt.Sprintf("progress is not kept: there is a file where %s needs a folder", path)
		e.Next = elsewhere
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.What = fmt.Sprintf("progress is not kept: no permission for %s", path)
		e.Next = "give yourself that permission, or " + elsewhere
	default:
		e.What = fmt.Sprintf("progress is not kept in %s: %s", path, reason(err))
		e.Next = elsewhere
	}
	return e
}

// reason is the cause of err without the names of files and system calls.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}
