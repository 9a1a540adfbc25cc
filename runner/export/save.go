package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"

	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// MayReplace is an error if Save could not write a file at path, or there is
// something that it is not to replace: what is no file, and unless that is forced
// a file that is no export and not empty. It is a *fault.Error. It leaves all as it
// is: what takes long can ask before it begins.
func MayReplace(path string, force bool) error {
	shown := terminal.Printable(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return mayCreate(path)
	case err != nil:
		return unsaved(path, err)
	case !info.Mode().IsRegular():
		return &fault.Error{What: shown + " is not a file", Next: "name a file, or leave -o out"}
	case !force && info.Size() > 0 && !ours(path):
		return &fault.Error{
			What: fmt.Sprintf("%s is there already, and is no export of gosyncio", shown),
			Next: "name another file, or replace this one with --force",
			Err:  fs.ErrExist,
		}
	}
	return mayCreate(path)
}

// mayCreate is an error if there can be no new file in the folder of path, or the
// one that a link at path leads to.
func mayCreate(path string) error {
	file, err := createBeside(linked(path))
	if err == nil {
		err = errors.Join(file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		return unsaved(path, err)
	}
	return nil
}

// linked is what a link at path leads to, or path.
func linked(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// ours reports whether a file is one that a Document has written.
func ours(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	begin := bufio.NewReader(file)
	start, _ := begin.Peek(len(pictureBegins)) // less is no picture
	if string(start) == pictureBegins || isTrace(json.NewDecoder(begin)) {
		return true
	}
	_, err = ReadFile(path)
	_, newer := errors.AsType[*newerError](err)
	return err == nil || newer || errors.Is(err, errNoRecording)
}

// Save puts what write writes in place of the file at path. Whatever happens,
// also when ctx ends, that is either what it was before or the new file, whole.
// The error is a *fault.Error unless it is that of ctx.
func Save(ctx context.Context, path string, write func(io.Writer) error) error {
	target := linked(path) // a link stays
	temporary, err := createBeside(target)
	if err != nil {
		return unsaved(path, err)
	}
	if info, e := os.Stat(target); e == nil {
		err = temporary.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = write(&whileWanted{ctx, temporary})
	}
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = atomic.ReplaceFile(temporary.Name(), target)
	}
	if err == nil {
		return nil
	}
	os.Remove(temporary.Name())
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return unsaved(path, err)
}

// createBeside creates a file with a name of its own in the folder of path: only
// there it can be renamed to path. Unlike those of os.CreateTemp it is for
// everybody for whom new files are.
func createBeside(path string) (file *os.File, err error) {
	const tries = 100
	for n := range tries {
		name := fmt.Sprintf("%s.%d-%d.new", path, os.Getpid(), n)
		if file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return file, err
}

// whileWanted writes until ctx ends.
type whileWanted struct {
	ctx context.Context
	io.Writer
}

func (w *whileWanted) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}

// unsaved is the error for what could not be saved.
func unsaved(path string, err error) error {
	return &fault.Error{
		What: fmt.Sprintf("%s cannot be written: %s", terminal.Printable(path), reason(err)),
		Next: "name another file",
		Err:  err,
	}
}
