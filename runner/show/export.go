package show

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// An Exporter writes the runs on a stage to a file of the current folder, when
// somebody asks for it: e, and then a key for the format.
type Exporter struct {
	asking  bool
	writing bool
}

// exportedMsg says what came of writing a file.
type exportedMsg struct{ said string }

// Update answers a message while runs that have ended are on the stage, and
// reports whether it was for the exporter. It writes what document returns.
func (x *Exporter) Update(msg tea.Msg, live *stage.Live, document func() *export.Document) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case exportedMsg:
		x.writing = false
		live.Say(msg.said)
		return nil, true
	case tea.KeyPressMsg:
		return x.key(msg.String(), live, document)
	}
	return nil, false
}

func (x *Exporter) key(key string, live *stage.Live, document func() *export.Document) (cmd tea.Cmd, handled bool) {
	if !x.asking {
		live.Say("")
		if key != "e" || x.writing {
			return nil, false
		}
		x.asking = true
		live.Ask(exportKeys())
		return nil, true
	}
	x.asking = false
	live.Ask("")
	for _, f := range export.Formats() {
		if key == f.Key() {
			x.writing = true
			live.Say("writing " + f.ID)
			d := document()
			return func() tea.Msg { return exportedMsg{write(d, f)} }, true
		}
	}
	return nil, true // any other key writes nothing
}

// Asks is the line of keys while it is asked for a format, else "".
func (x *Exporter) Asks() string {
	if !x.asking {
		return ""
	}
	return exportKeys()
}

// TextKeys are the keys of a stage in lines of text, with that of the exporter
// or, while it asks, those for the formats.
func (x *Exporter) TextKeys(keys string) string {
	if x.asking {
		return strings.ReplaceAll(exportKeys(), "   ", ", ")
	}
	return keys + ", e export"
}

func exportKeys() string {
	keys := []string{"write it as"}
	for _, f := range export.Formats() {
		keys = append(keys, f.Key()+" "+f.ID)
	}
	return strings.Join(append(keys, "esc not"), "   ")
}

// write writes a document to a file of the current folder whose name is free,
// and says so, or why it could not.
func write(d *export.Document, f export.Format) string {
	file, err := freeName(fileName(d.Lesson()), f.Extension)
	if err == nil {
		err = export.Save(context.Background(), file, func(w io.Writer) error { return f.Write(d, w) })
	}
	if err != nil {
		said := "not written: " + terminal.Printable(err.Error())
		if e, ok := errors.AsType[*fault.Error](err); ok && e.Next != "" {
			said += "; " + e.Next
		}
		return said
	}
	return fmt.Sprintf("written to %s: %s", file, f.What)
}

// fileName is what to call a file after a lesson. Somebody else may have written
// the recording, so what could be more than a name is not taken over.
func fileName(lesson string) string {
	const longest = 40
	other := func(r rune) bool { return r != '-' && !(r >= 'a' && r <= 'z') && !(r >= '0' && r <= '9') }
	if lesson == "" || len(lesson) > longest || lesson[0] == '-' || strings.ContainsFunc(lesson, other) {
		return "runs"
	}
	return lesson
}

// freeName is a name of which there is no file in the current folder.
func freeName(name, extension string) (string, error) {
	const most = 10_000
	for i := 1; i < most; i++ {
		file := name + extension
		if i > 1 {
			file = fmt.Sprintf("%s-%d%s", name, i, extension)
		}
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return file, nil
		}
	}
	return "", &fault.Error{What: "there are too many exports in this folder", Next: "remove some"}
}
