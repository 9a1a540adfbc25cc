// Package example writes something to watch: the script of lesson yours, and
// its first port to Go, as programs of the learner's own. It neither builds
// nor runs them.
package example

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gosyncio/content"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// Lesson is the id of the lesson whose script it is.
const Lesson = "yours"

// Folder is what the folder is called, unless it is given a name.
const Folder = "gosyncio-example"

// The programs, below the folder.
const (
	Script = "jobs.py"
	Port   = "jobs"
)

//go:embed jobs/main.go
var program []byte

// module is the port's go.mod, which is not a file here: then the port would
// be of another module, and nothing would compile it in tests. It names the
// oldest Go that watch builds with.
const module = `module jobs

go 1.25
`

// Write writes the programs into a new folder. What is there already is left
// as it is, and is an error.
func Write(folder string) error {
	text, err := content.Load(Lesson)
	if err != nil {
		return err
	}
	switch err := os.Mkdir(folder, 0o777); {
	case errors.Is(err, fs.ErrExist):
		return &fault.Error{
			What: terminal.Printable(folder) + " is there already, and nothing is overwritten",
			Next: "name another folder with --example=FOLDER, or remove that one",
			Err:  err,
		}
	case err != nil:
		return unwritten(folder, err)
	}
	if err := os.Mkdir(filepath.Join(folder, Port), 0o777); err != nil {
		return unwritten(folder, err)
	}
	for _, file := range []struct {
		name string
		text []byte
	}{
		{Script, text.Python},
		{filepath.Join(Port, "main.go"), program},
		{filepath.Join(Port, "go.mod"), []byte(module)},
	} {
		if err := os.WriteFile(filepath.Join(folder, file.name), file.text, 0o666); err != nil {
			return unwritten(folder, err)
		}
	}
	return nil
}

func unwritten(folder string, err error) error {
	return &fault.Error{
		What: fmt.Sprintf("%s cannot be written: %s", terminal.Printable(folder), terminal.Printable(cause(err).Error())),
		Next: "name a folder that you may make with --example=FOLDER",
		Err:  err,
	}
}

// cause is an error of a file, without the file's name.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
