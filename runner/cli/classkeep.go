package cli

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"gosyncio/runner/class"
	"gosyncio/runner/export"
	"gosyncio/runner/fault"
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

// checkKeep refuses a file in which a class cannot be kept.
func checkKeep(file string) error {
	if _, ok := keepForms[strings.ToLower(filepath.Ext(file))]; !ok {
		return fault.Usage("--keep needs a file whose name ends in .json, .html or .txt", "name one, such as monday.json")
	}
	return export.MayReplace(file, false)
}

// keepClass writes down what is to be kept of a class. It is wanted also where
// the program has been interrupted.
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
