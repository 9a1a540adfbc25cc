package exercise

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// Folder makes a folder in which programs can be built and started, which
// whoever asks for it removes. Its path is absolute. The error is a
// *fault.Error.
func (c *Checker) Folder() (folder string, err error) {
	if own := c.environ.Get("GOTMPDIR"); own != "" {
		folder, err = environ.MkdirTempIn(own)
	} else {
		folder, err = c.environ.MkdirTemp()
	}
	if err == nil {
		folder, err = filepath.Abs(folder)
	}
	if err != nil {
		return "", c.noPlace(err)
	}
	return folder, nil
}

// noPlace says that programs cannot be made, or started, where the
// environment says.
func (c *Checker) noPlace(err error) error {
	variable := "TMPDIR"
	if c.environ.Get("GOTMPDIR") != "" {
		variable = "GOTMPDIR"
	}
	where := "the folder for temporary files"
	if folder := c.environ.Get(variable); folder != "" {
		where += ", " + terminal.Printable(folder)
	}
	return &fault.Error{
		What: fmt.Sprintf("no program can be built and started in %s: %v", where, reason(err)),
		Next: "set " + variable + " to a folder that you may write to and start programs in, and that has room",
		Err:  err,
	}
}

// What the go command says when it is too old, and when there is no room.
var (
	tooOld = regexp.MustCompile(`requires [Gg]o (>= )?1\.`)
	noRoom = regexp.MustCompile(`no space left on device|not enough space on the disk|disk quota exceeded|read-only file system`)
)

// notBuilt says why the go command could build nothing of an exercise, from
// what it printed, which is not about the learner's file.
func (c *Checker) notBuilt(e Exercise, output string) error {
	if tooOld.MatchString(output) {
		return &fault.Error{
			What: "an exercise cannot be checked with a Go that old: go version says which it is",
			Next: "install Go 1.25 or newer, and open another terminal",
		}
	}
	if why := noRoom.FindString(output); why != "" {
		return c.noPlace(errors.New(why))
	}
	return &fault.Error{
		What: fmt.Sprintf("%s cannot be built with your Go: %s", e.Name, telling(output)),
		Next: "see that go build works in a folder of your own, and check again",
	}
}

// telling is the first line that says what is wrong, and not of which package
// of ours it is.
func telling(output string) string {
	for line := range strings.Lines(output) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.Contains(line, "gosyncio/") {
			return line
		}
	}
	return "it says nothing"
}
