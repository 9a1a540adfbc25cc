package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"gosyncio/runner/durable"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// A Store keeps a State in a file. Any number of Stores, in any number of
// processes, may share the file; a Store may be used by several goroutines.
// It starts none itself and holds nothing open.
//
// What cannot be saved is not lost while the program runs: the Store
// remembers it, shows it in Load, and saves it with the next Update or Retry
// that can.
type Store struct {
	path     string
	patience time.Duration // how long to wait for others to finish writing

	mu      sync.Mutex
	pending []func(*State) // changes that are not on disk
}

// Open is the Store of the file at path, see Path. It touches nothing yet.
func Open(path string) *Store { return &Store{path: path, patience: time.Second} }

// Load is what is known. It is never nil: with an error, which is a
// *fault.Error, it holds what this Store has been told. A file that is
// corrupt is set aside under a new name; notice then says so in one line.
func (s *Store) Load() (state *State, notice string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state, _, err = read(s.path)
	if isBroken(err) {
		err = s.locked(func(path string) error {
			state, _, notice, err = current(path)
			return err
		})
	}
	if err != nil {
		state = new(State)
	}
	for _, change := range s.pending {
		change(state)
	}
	return state, notice, explain(s.path, err)
}

// Update applies change to what is on disk now, others' changes included,
// and writes it there. When it returns without an error the change
// survives the program's death and that of the machine. The error is a
// *fault.Error, the notice that of Load.
//
// change may be called several times, each time with another State, and
// must not keep it.
func (s *Store) Update(change func(*State)) (notice string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, change)
	return s.savePending()
}

// Retry saves what could not be saved before, if there is any. The error and
// the notice are those of Update.
func (s *Store) Retry() (notice string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) == 0 {
		return "", nil
	}
	return s.savePending()
}

// Unsaved is what this Store has been told and could not save, yet; nil if
// there is nothing.
func (s *Store) Unsaved() *State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pending) == 0 {
		return nil
	}
	state := new(State)
	for _, change := range s.pending {
		change(state)
	}
	return state
}

// savePending saves the pending changes.
func (s *Store) savePending() (notice string, err error) {
	err = s.locked(func(path string) error {
		notice, err = s.save(path)
		return err
	})
	return notice, explain(s.path, err)
}

// save writes the pending changes to the file at path, under its lock.
func (s *Store) save(path string) (notice string, err error) {
	state, before, notice, err := current(path)
	if err != nil {
		return notice, err
	}
	for _, change := range s.pending {
		change(state)
	}
	after, err := state.Encode()
	for errors.Is(err, errTooLarge) && state.forget() { // the oldest make room
		after, err = state.Encode()
	}
	if err != nil {
		s.pending = nil // it would not get any better
		return notice, err
	}
	if bytes.Equal(before, after) {
		err = durable.SyncFolder(filepath.Dir(path)) // whoever wrote it may not have come to that
	} else {
		err = durable.Replace(path, after)
	}
	if err == nil {
		s.pending = nil
	}
	return notice, err
}

// locked calls f with the file's own path, links resolved, while no other
// Store writes to it. The lock is the kernel's and dies with its holder:
// the .lock file that stays behind means nothing.
func (s *Store) locked(f func(path string) error) error {
	path, err := target(s.path)
	if err != nil {
		return err
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.patience)
	defer cancel()
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	const pause = 2 * time.Millisecond
	if _, err := lock.TryLockContext(ctx, pause); errors.Is(err, context.DeadlineExceeded) {
		return errLocked
	} else if err != nil {
		return err
	}
	defer lock.Unlock()
	return f(path)
}

// current reads the file at path under its lock. If it is corrupt it
// is set aside, and notice says so.
func current(path string) (state *State, data []byte, notice string, err error) {
	state, data, err = read(path)
	if !isBroken(err) {
		return state, data, "", err
	}
	aside, asideErr := setAside(path, time.Now())
	if asideErr != nil {
		return nil, nil, "", asideErr
	}
	notice = fmt.Sprintf("%s is corrupt (%v): it is kept as %s; starting over", path, err, filepath.Base(aside))
	return new(State), nil, notice, nil
}

// read reads the file at path; one that is not there is empty.
func read(path string) (*State, []byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return new(State), nil, nil
	case err != nil:
		return nil, nil, &readError{err}
	case !info.Mode().IsRegular():
		return nil, nil, &readError{errNotFile} // reading from a pipe would wait for ever
	case info.Size() > maxSize:
		return nil, nil, errTooLarge
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, &readError{err}
	}
	state, err := Decode(data)
	return state, data, err
}

// isBroken reports whether err is for a file that was read and is corrupt.
func isBroken(err error) bool {
	_, unread := errors.AsType[*readError](err)
	_, newer := errors.AsType[*newerError](err)
	return err != nil && !unread && !newer
}

// A readError says that a file could not be read, as opposed to one that
// is corrupt.
type readError struct{ error }

func (e *readError) Unwrap() error { return e.error }

// setAside renames the file at path to a name that nothing has.
func setAside(path string, now time.Time) (string, error) {
	base := path + ".broken-" + now.UTC().Format("20060102T150405Z")
	for n, aside := 2, base; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, errors.Join(os.Rename(path, aside), durable.SyncFolder(filepath.Dir(path)))
		} else if err != nil {
			return "", err
		}
		aside = fmt.Sprintf("%s-%d", base, n)
	}
}

// Check says whether progress could be saved, and leaves everything as it
// is. The error is a *fault.Error.
func (s *Store) Check() error {
	path, err := target(s.path)
	if err != nil {
		return explain(s.path, err)
	}
	if _, _, err := read(path); err != nil {
		if isBroken(err) {
			return &fault.Error{
				What: fmt.Sprintf("%s is corrupt: %v", terminal.Printable(s.path), err),
				Next: "it will be set aside; then progress starts over",
				Err:  err,
			}
		}
		return explain(s.path, err)
	}
	folder := filepath.Dir(path)
	for {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		folder = filepath.Dir(folder) // which would be made
	}
	file, err := os.CreateTemp(folder, ".gosyncio-check-*")
	if err != nil {
		return explain(s.path, err)
	}
	_, err = file.WriteString("?")
	return explain(s.path, errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name())))
}
