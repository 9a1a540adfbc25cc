package exercise

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// Variable names the environment variable that says where the learner's files
// are: a folder.
const Variable = "GOSYNCIO_WORKSPACE"

// maxFile is how many bytes a file of the learner's may have.
const maxFile = 1 << 20

// A Workspace is the folder with what the learner makes: a go.mod, and for
// each exercise a folder with one file. Nothing in it is ever overwritten
// without a copy being kept.
type Workspace struct{ Folder string }

// FindWorkspace is the workspace in folder or, if that is "", in the folder
// that Variable names or else in the one that was remembered in the file
// memory. ok is false if there is none.
func FindWorkspace(env environ.Environ, folder, memory string) (w Workspace, ok bool, err error) {
	if folder == "" {
		folder = env.Get(Variable)
	}
	if text, err := readFile(memory); folder == "" && err == nil {
		folder = strings.TrimRight(string(text), "\r\n") // a name may end in a space
	}
	if folder == "" {
		return Workspace{}, false, nil
	}
	path, err := filepath.Abs(folder)
	if err != nil {
		return Workspace{}, false, fmt.Errorf("find the folder %s: %w", folder, err)
	}
	return Workspace{path}, true, nil
}

// Remember has FindWorkspace find w. The error is a *fault.Error.
// If there is no place for that, memory is "", and nothing happens.
func (w Workspace) Remember(memory string) error {
	if memory == "" {
		return nil
	}
	err := os.MkdirAll(filepath.Dir(memory), 0o700)
	if err == nil {
		err = os.WriteFile(memory, []byte(w.Folder+"\n"), 0o600)
	}
	if err != nil {
		return &fault.Error{What: fmt.Sprintf("the folder cannot be remembered in %s: %v", terminal.Printable(memory), reason(err)), Next: "name it in " + Variable, Err: err}
	}
	return nil
}

// Path is where the learner's file of an exercise is.
func (w Workspace) Path(e Exercise) string {
	return filepath.Join(w.Folder, e.Lesson, e.Name, e.FileName())
}

// Begun reports whether there is a file of the exercise.
func (w Workspace) Begun(e Exercise) bool {
	_, err := os.Lstat(w.Path(e))
	return err == nil
}

// Open puts the exercise's file, as it is given, where it belongs, unless
// there is one. The error is a *fault.Error.
func (w Workspace) Open(e Exercise) error {
	const module = "module practice\n\ngo 1.25\n"
	path := w.Path(e)
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = writeNew(filepath.Join(w.Folder, "go.mod"), []byte(module))
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		err = writeNew(path, e.Given())
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return &fault.Error{
		What: fmt.Sprintf("the exercise cannot be put into %s: %v", terminal.Printable(w.Folder), reason(err)),
		Next: "name a folder that you may write to: gosyncio practice --dir FOLDER",
		Err:  err,
	}
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(path) // half a file is worse than none
	}
	return err
}

// Read is what the learner has written. The error is a *fault.Error.
func (w Workspace) Read(e Exercise) ([]byte, error) {
	path := w.Path(e)
	text, err := readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !w.Begun(e): // a link to nothing is there
		return nil, &fault.Error{
			What: fmt.Sprintf("there is no %s yet", terminal.Printable(path)),
			Next: "get the exercise first: gosyncio practice " + e.Name,
			Err:  err,
		}
	case err != nil:
		return nil, &fault.Error{What: fmt.Sprintf("%s cannot be read: %v", terminal.Printable(path), reason(err)), Next: "put the file right, or begin again: gosyncio reset " + e.Name, Err: err}
	}
	return text, nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("it has more than %d MB", maxFile>>20)
	}
	return text, err
}

// Reset puts the file as it is given in the place of the learner's, which is
// kept under another name in the same folder. kept is its path, "" if the
// learner's was as given. The error is a *fault.Error.
func (w Workspace) Reset(e Exercise) (kept string, err error) {
	path := w.Path(e)
	if text, err := readFile(path); err == nil && bytes.Equal(text, e.Given()) {
		return "", nil
	}
	if w.Begun(e) {
		if kept, err = freeName(path); err == nil {
			err = os.Rename(path, kept)
		}
		if err != nil {
			return "", &fault.Error{What: fmt.Sprintf("%s cannot be kept under another name: %v", terminal.Printable(path), reason(err)), Next: "nothing has been changed; look at the folder's permissions", Err: err}
		}
	}
	if err := w.Open(e); err != nil {
		if kept != "" {
			os.Rename(kept, path) // nothing has come in its place
		}
		return "", err
	}
	return kept, nil
}

// freeName is a name beside path that nothing has. A file of that name is not
// compiled.
func freeName(path string) (string, error) {
	const most = 10_000
	for n := 1; n < most; n++ {
		name := fmt.Sprintf("%s.%d", path, n)
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("there are %d copies already", most)
}

// Digest tells texts of exercises apart, see progress.Exercise.
func (e Exercise) Digest() string { return digest(e.Given()) }

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// Renew puts the exercise as this version of the program gives it in the
// place of the one that the learner got before, of which given is the digest,
// if the learner has not changed it. changed says that the learner has, and
// so keeps a file that was made for another text.
func (w Workspace) Renew(e Exercise, given string) (changed bool, err error) {
	if given == "" || given == e.Digest() || !w.Begun(e) {
		return false, nil
	}
	text, err := w.Read(e)
	if err != nil {
		return false, err
	}
	switch digest(text) {
	case e.Digest(): // it is this one already
		return false, nil
	case given:
		_, err = w.Reset(e)
		return false, err
	}
	return true, nil
}

// reason is an error without the path, which is named already.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
