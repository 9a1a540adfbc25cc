package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
)

// Save writes a program to a file that there is not yet. The error is a
// *fault.Error; a file that is there is left as it is.
func Save(name string, program []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &fault.Error{
			What: fmt.Sprintf("%s exists, and is not overwritten", name),
			Next: "name another file, or remove this one first",
			Err:  err,
		}
	}
	if err == nil {
		_, err = file.Write(program)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return &fault.Error{What: fmt.Sprintf("save %s: %v", name, err), Next: "name a file that can be written", Err: err}
	}
	return nil
}

// A Copy is a program in a file of the learner's.
type Copy struct {
	Path string
	// Changed says that it is not what the lesson has: the learner has
	// edited it.
	Changed bool
}

// Keep is Save in a folder, which it makes if there is none. A file that is
// there already is left as it is, and so may have been changed. The error is
// a *fault.Error.
func Keep(folder, name string, program []byte) (Copy, error) {
	c := Copy{Path: filepath.Join(folder, name)}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return c, &fault.Error{What: fmt.Sprintf("make a folder for the program: %v", err), Next: "print it with gosyncio read --source", Err: err}
	}
	err := Save(c.Path, program)
	if !errors.Is(err, fs.ErrExist) {
		return c, err
	}
	there, err := os.ReadFile(c.Path)
	if err != nil {
		return c, &fault.Error{What: fmt.Sprintf("read the copy of the program: %v", err), Next: "print it with gosyncio read --source", Err: err}
	}
	c.Changed = !bytes.Equal(there, program)
	return c, nil
}

// Editor is the editor that the environment names, in VISUAL or else in
// EDITOR, with its arguments; nil if there is none.
func Editor(env environ.Environ) []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(env.Get(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}
