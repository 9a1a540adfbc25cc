package content

import (
	"fmt"
	"strings"
)

// A Block is a piece of a page. There is a type for each kind of block:
// Prose, and one for each kind of fence that stands for something.
type Block interface {
	// Kind is the name of the block's kind, one of Kinds.
	Kind() string

	// checkNext refuses what must not follow the block.
	checkNext(next) error
	// asks returns the questions in the block. No two of a lesson may have
	// the same ID.
	asks() []Question
}

// next is what follows a block on its page.
type next struct {
	file     string // to begin errors
	block    Block  // nil at the end of the page
	line     int    // of block
	lastPage bool   // the page is the last of the lesson
}

// fenceKinds are the kinds of block that are written as a fence. A new kind
// is a file with its type and how to decode it, and a line here.
var fenceKinds = []fenceKind{
	{Compare{}, decodeCompare},
	{Predict{}, decodePredict},
	{Run{}, decodeRun},
	{Quiz{}, decodeQuiz},
	{Make{}, decodeMake},
}

type fenceKind struct {
	zero Block // of the kind's type; its Kind is what stands behind the opening of the fence
	// decode reads the body of a fence. y has not read anything yet; its
	// line is that of the fence.
	decode func(y *yamlText, body string) (Block, error)
}

// Kinds returns the names of all kinds of block. A package that shows pages
// has to show each of them, and can prove it in a test that goes over Kinds.
func Kinds() []string {
	kinds := []string{Prose{}.Kind()}
	for _, k := range fenceKinds {
		kinds = append(kinds, k.zero.Kind())
	}
	return kinds
}

// findFenceKind finds the kind of block of a fence by what stands behind its
// opening. It reports false for fences that are prose.
func findFenceKind(info string) (fenceKind, bool) {
	for _, k := range fenceKinds {
		if k.zero.Kind() == info {
			return k, true
		}
	}
	return fenceKind{}, false
}

// The kinds of fence that are prose: a drawing, and what a terminal shows.
const (
	fenceText    = "text"
	fenceConsole = "console"
)

// allowedFences is the part of an error that says which fences there may be.
func allowedFences() string {
	var kinds []string
	for _, k := range fenceKinds {
		kinds = append(kinds, k.zero.Kind())
	}
	return fmt.Sprintf("allowed are %s, %s and %s; code is shown from the lesson's own files by compare",
		strings.Join(kinds, ", "), fenceText, fenceConsole)
}

// Prose is text to be read: all that is not a fence of another kind.
type Prose struct {
	Line     int    // of its first line in lesson.md
	Markdown string // without blank lines at either end
}

// Kind is "prose".
func (Prose) Kind() string { return "prose" }

func (Prose) checkNext(next) error { return nil }
func (Prose) asks() []Question     { return nil }
