// Package content holds what the learner reads: for each lesson a folder
// with its pages, lesson.md, and the Python original, <id>.py, or, if Python
// itself has a module <id>, the one file with another name.
//
// A lesson.md is Markdown that also reads well on a code host. It opens
// with YAML front matter between two lines of ---: title, summary,
// asyncio, go and minutes. Every ## heading begins a page. Some kinds of
// fence are places where something happens: compare shows a variant's
// code in both languages, predict asks what the run after it will show,
// run runs variants, quiz asks at the end of the last page. Each has a file
// here; their bodies are YAML. All else is prose. It ends with a paragraph
// that begins **In one line:**. A mistake is an error that begins with
// file:line.
//
// The folder dictionary is no lesson: its entries.yaml has the words of asyncio
// with what stands for them in Go, its dictionary.py programs for them.
//
// The package reads and checks the format. It does not know which lessons
// and variants there are in Go, and neither runs nor draws anything.
package content

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// MaxMinutes is the longest that a lesson may say it takes.
const MaxMinutes = 60

// A Lesson is what there is to read about one subject.
type Lesson struct {
	ID      string
	Title   string
	Summary string // one line: what happens in the lesson
	Asyncio string // what Python calls the subject
	Go      string // what Go has in its place
	Minutes int    // how long it takes to read and run, 1 to MaxMinutes
	Pages   []Page // at least one
	// Remember is what the lesson comes down to: Markdown in one line,
	// which stands behind **In one line:** at the end of the last page.
	Remember string
	Python   []byte // the whole of its file in Python
	Module   string // the name of that file, without .py
}

// A Page is read at one go.
type Page struct {
	Title  string
	Line   int     // of the heading in lesson.md, counted from 1
	Blocks []Block // at least one
}

// firstBlock returns the first block of a type on a page, and whether there
// is one.
func firstBlock[B Block](p Page) (block B, ok bool) {
	for _, b := range p.Blocks {
		if block, ok = b.(B); ok {
			return block, true
		}
	}
	return block, false
}

//go:embed */lesson.md */*.py dictionary/entries.yaml
var files embed.FS

// IDs returns the ids of all lessons in alphabetical order.
func IDs() []string {
	paths, err := fs.Glob(files, "*/lesson.md")
	if err != nil {
		panic("content: " + err.Error()) // the pattern above is malformed
	}
	ids := make([]string, len(paths))
	for i, p := range paths {
		ids[i] = path.Dir(p)
	}
	slices.Sort(ids)
	return ids
}

// Load reads the lesson of that id, or the dictionary, which has no pages. An
// id that is not one of IDs, nor DictionaryID, is an error.
func Load(id string) (Lesson, error) {
	if id == DictionaryID {
		return loadDictionary()
	}
	if !slices.Contains(IDs(), id) {
		return Lesson{}, fmt.Errorf("load lesson %q: no such lesson", id)
	}
	source, err := files.ReadFile(id + "/lesson.md")
	if err != nil {
		return Lesson{}, fmt.Errorf("load lesson %s: %w", id, err)
	}
	lesson, err := Parse(fileName(id), source)
	if err != nil {
		return Lesson{}, err
	}
	lesson.ID = id
	programs, err := fs.Glob(files, id+"/*.py")
	if err != nil {
		return Lesson{}, fmt.Errorf("load lesson %s: %w", id, err)
	}
	if len(programs) != 1 {
		return Lesson{}, fmt.Errorf("load lesson %s: content/%s has %d files in Python, and must have one", id, id, len(programs))
	}
	lesson.Module = strings.TrimSuffix(path.Base(programs[0]), ".py")
	lesson.Python, err = files.ReadFile(programs[0])
	if err != nil {
		return Lesson{}, fmt.Errorf("load lesson %s: %w", id, err)
	}
	return lesson, nil
}

// InPython reports whether the lesson's Python file has that variant: an
// async def of its name with nothing but keyword arguments.
func (l Lesson) InPython(variant string) bool {
	return regexp.MustCompile(`(?m)^async def ` + regexp.QuoteMeta(variant) + `\((\*,|\))`).Match(l.Python)
}

// fileName names a lesson.md in errors: its path in the repository.
func fileName(id string) string { return path.Join("content", id, "lesson.md") }
