package progress

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

var (
	errLocked  = errors.New("another gosyncio is writing to it")
	errNotFile = errors.New("it is not a file")
)

// explain turns what went wrong with the file at path into a *fault.Error
// that can be shown; nil stays nil. What is on disk is then as before.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	path = terminal.Printable(path)
	elsewhere := "name another place in " + Variable
	e := &fault.Error{Err: err}
	_, newer := errors.AsType[*newerError](err)
	switch {
	case newer:
		e.What = fmt.Sprintf("%s is from a newer version of gosyncio, so progress is not kept", path)
		e.Next = "update gosyncio, or " + elsewhere
	case errors.Is(err, errLocked):
		e.What = fmt.Sprintf("another gosyncio is writing to %s", path)
		e.Next = "wait for it, or end it"
	case isFull(err):
		e.What = fmt.Sprintf("there is no room on the disk for %s", path)
		e.Next = "make room for it"
	case errors.Is(err, errNotFile):
		e.What = fmt.Sprintf("%s is not a file, so progress is not kept", path)
		e.Next = "move it away, or " + elsewhere
	case errors.Is(err, errCircle), errors.Is(err, syscall.ELOOP):
		e.What = fmt.Sprintf("progress is not kept in %s: %v", path, errCircle)
		e.Next = "remove the link, or " + elsewhere
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
	if errors.Is(err, syscall.ELOOP) {
		return errCircle.Error()
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return terminal.Printable(e.Err.Error())
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err.Error()
	}
	return terminal.Printable(err.Error())
}

// notSaved is the error for what is lost because of err, a *fault.Error.
func notSaved(lost *State, err error) error {
	e := &fault.Error{What: "what you did is not saved: " + err.Error(), Err: err}
	if what := lost.counted(); what != "" {
		e.What = "not saved (" + what + "): " + err.Error()
	}
	if cause, ok := errors.AsType[*fault.Error](err); ok {
		e.Next = cause.Next
	}
	return e
}

// counted says how much of what the learner does is in s; "" if nothing of it is.
func (s *State) counted() string {
	pages := 0
	for _, l := range s.Lessons {
		pages += len(l.Read)
	}
	return enumerated(", ", []amount{
		{pages, "page"}, {len(s.Predictions), "prediction"}, {len(s.Answers), "answer"}, {len(s.Runs), "run"}, {len(s.Exercises), "exercise"},
	})
}
