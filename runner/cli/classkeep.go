package cli

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gosyncio/runner/class"
	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// keepForms are the forms in which a class is kept, by the ends of the names of
// files.
var keepForms = map[string]func(summaryView) func(io.Writer) error{
	".json": nil, // it is written as a class, for progress summary to read
	".html": func(v summaryView) func(io.Writer) error { return v.html },
	".txt": func(v summaryView) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, v.text(0))
			return err
		}
	},
}

// checkKeep refuses a file in which a class cannot be kept. What is there
// already is not replaced: it may be another class.
func checkKeep(file string) error {
	if _, ok := keepForms[strings.ToLower(filepath.Ext(file))]; !ok {
		return fault.Usage("--keep needs a file whose name ends in .json, .html or .txt", "name one, such as monday.json")
	}
	info, err := os.Stat(file)
	if err == nil && info.Mode().IsRegular() && info.Size() > 0 {
		return &fault.Error{
			What: terminal.Printable(file) + " is there already",
			Next: "name another file, or move that one away", Err: fs.ErrExist,
		}
	}
	return export.MayReplace(file, false)
}

// keepClass writes down what is to be kept of a class that has ended.
func keepClass(file string, s class.Summary) error {
	k := class.Keep(s, time.Now().UTC().Truncate(time.Second))
	write := k.Write
	if form := keepForms[strings.ToLower(filepath.Ext(file))]; form != nil {
		view, err := summarise(nil, []class.Kept{k}, nil)
		if err != nil {
			return err
		}
		write = form(view)
	}
	return export.Save(context.Background(), file, write)
}
