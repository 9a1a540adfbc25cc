// Package content holds what the learner reads: for each lesson a folder
// with its pages, lesson.md, and the Python original, <id>.py.
//
// A lesson.md is Markdown that also reads well on a code host. It opens
// with YAML front matter between two lines of ---: title, summary,
// asyncio, go and minutes. Every ## heading begins a page. Four kinds of
// fence are places where something happens: compare shows a variant's
// code in both languages, predict asks what the run after it will show,
// run runs variants, quiz asks at the end of the last page; their bodies
// are YAML. All else is prose. It ends with a paragraph that begins **In
// one line:**. A mistake is an error that begins with file:line.
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
	Python   []byte // the whole of <id>.py
}

// A Page is read at one go.
type Page struct {
	Title  string
	Line   int     // of the heading in lesson.md, counted from 1
	Blocks []Block // at least one; a Run or a Quiz can only be the last, a Predict only stands before a Run
}

// A Block is a piece of a page: Prose, Compare, Predict, Run or Quiz.
type Block interface{ block() }

// Prose is text to be read.
type Prose struct {
	Line     int    // of its first line in lesson.md
	Markdown string // without blank lines at either end
}

// None stands in Compare for a side that is not shown.
const None = "none"

// Compare shows the code of a variant, in Python and in Go.
type Compare struct {
	Line    int // of the fence in lesson.md
	Variant string
	Python  string // the function to show, or None
	Go      string // the function to show, None, or "" for the variant's own
}

// Run runs variants side by side.
type Run struct {
	Line     int               // of the fence in lesson.md
	Variants []string          // at least one, no two the same
	Set      map[string]string // settings that differ from the defaults; nil if none do
	With     string            // "go", "python" or "both"; "" leaves it to the learner
}

func (Prose) block()   {}
func (Compare) block() {}
func (Run) block()     {}

// A Header is what a lesson.md says about itself before its first page.
type Header struct {
	ID, Title, Summary, Asyncio, Go string
	Minutes                         int
	Pages                           int // how many there are
}

//go:embed */lesson.md */*.py
var files embed.FS

// IDs are the ids of all lessons in the order of the alphabet.
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

// Headers are the headers of all lessons in the order of IDs. It leaves
// the pages unread and is much faster than as many calls of Load.
func Headers() ([]Header, error) {
	ids := IDs()
	headers := make([]Header, len(ids))
	for i, id := range ids {
		source, err := files.ReadFile(id + "/lesson.md")
		if err != nil {
			return nil, fmt.Errorf("header of lesson %s: %w", id, err)
		}
		source = normalise(source)
		var body int
		headers[i], body, err = parseHeader(fileName(id), source)
		if err != nil {
			return nil, err
		}
		headers[i].ID, headers[i].Pages = id, countPages(string(source[body:]))
	}
	return headers, nil
}

// countPages is how many pages there are in a body that Parse takes: every
// line that begins as a heading outside fences begins one.
func countPages(body string) (pages int) {
	fenced := false
	for line := range strings.Lines(body) {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case !fenced && strings.HasPrefix(line, "## "):
			pages++
		}
	}
	return pages
}

// Load reads the lesson of that id.
func Load(id string) (Lesson, error) {
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
	lesson.Python, err = files.ReadFile(id + "/" + id + ".py")
	if err != nil {
		return Lesson{}, fmt.Errorf("load lesson %s: %w", id, err)
	}
	return lesson, nil
}

// InPython is whether the lesson's Python file has that variant: an
// async def of its name with nothing but keyword arguments.
func (l Lesson) InPython(variant string) bool {
	return regexp.MustCompile(`(?m)^async def ` + regexp.QuoteMeta(variant) + `\((\*,|\))`).Match(l.Python)
}

// fileName is how errors name a lesson.md: its path in the repository.
func fileName(id string) string { return path.Join("content", id, "lesson.md") }
