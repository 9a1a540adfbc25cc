package show

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/export"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// An Exporter writes runs to a file of the current folder, when somebody asks
// for it: e, and then a key for the format. Whoever has one must Wait for it.
type Exporter struct {
	Folder string // where the files go; "" is the current folder

	asking  bool
	writing bool
	writers sync.WaitGroup
}

// A Place is where an exporter asks and answers. A *stage.Live is one.
type Place interface {
	Ask(keys string) // "" is an end of that
	Say(text string)
}

// exportedMsg says what came of writing a file.
type exportedMsg struct{ said string }

// Update answers a message, and reports whether it was for the exporter. What
// it writes is made by document, which may take its time; nil is that there is
// nothing to write now.
func (x *Exporter) Update(msg tea.Msg, at Place, document func() *export.Document) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case exportedMsg:
		x.writing = false
		at.Say(msg.said)
		return nil, true
	case tea.KeyPressMsg:
		return x.key(msg.String(), at, document)
	}
	return nil, false
}

func (x *Exporter) key(key string, at Place, document func() *export.Document) (cmd tea.Cmd, handled bool) {
	if !x.asking {
		if !x.writing {
			at.Say("") // what was written is known by now
		}
		if key != "e" || x.writing || document == nil {
			return nil, false
		}
		x.asking = true
		at.Ask(exportKeys())
		return nil, true
	}
	x.Forget()
	at.Ask("")
	for _, f := range export.Formats() {
		if key == f.Key() && document != nil {
			at.Say("writing " + f.ID)
			return x.write(f, document), true
		}
	}
	return nil, true // any other key writes nothing
}

// write writes a file, and tells when it is there.
func (x *Exporter) write(f export.Format, document func() *export.Document) tea.Cmd {
	x.writing = true
	said := make(chan string, 1)
	folder := x.Folder
	x.writers.Go(func() { said <- write(document(), f, folder) })
	return func() tea.Msg { return exportedMsg{<-said} }
}

// Forget asks no more. What is being written is written.
func (x *Exporter) Forget() { x.asking, x.writing = false, false }

// Wait waits until nothing is being written any more.
func (x *Exporter) Wait() { x.writers.Wait() }

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
		return "write it as " + strings.Join(append(formatKeys(), "enter back"), ", ")
	}
	return keys + ", e export"
}

func exportKeys() string {
	return "write it as   " + strings.Join(append(formatKeys(), "esc back"), "   ")
}

// formatKeys are the formats, each behind its key.
func formatKeys() (keys []string) {
	for _, f := range export.Formats() {
		keys = append(keys, f.Key()+" "+f.ID)
	}
	return keys
}

// write writes a document to a file of a folder whose name is free, and says so,
// or why it could not.
func write(d *export.Document, f export.Format, folder string) string {
	if d.Runs() == 0 {
		return "not written: nothing has been run"
	}
	file, err := freeName(filepath.Join(folder, fileName(d.Lesson())), f.Extension)
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

// freeName is the path of a file that is not there yet.
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
	return "", &fault.Error{What: "there are too many exports here", Next: "remove some"}
}
