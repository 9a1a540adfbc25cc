// Package dictionary finds the words of asyncio and of Go in the dictionary, and
// makes an entry a page that can be shown and run. It neither shows nor runs
// anything, and reads nothing before it is asked to.
package dictionary

import (
	"slices"

	"gosyncio/content"
	"gosyncio/runner/course"
)

// A Dictionary has all entries.
type Dictionary struct {
	Entries []content.Entry // in the order of their first names
	words   [][]word        // of each entry
}

// Load reads the dictionary.
func Load() (Dictionary, error) {
	entries, err := content.Dictionary()
	if err != nil {
		return Dictionary{}, err
	}
	d := Dictionary{Entries: entries}
	for _, e := range entries {
		d.words = append(d.words, wordsOf(e))
	}
	return d, nil
}

// Lesson is an entry as a lesson of one page: that of its program, or of the
// dictionary if nothing runs.
func Lesson(e content.Entry) (course.Lesson, error) {
	id := e.Lesson
	if id == "" {
		id = content.DictionaryID
	}
	lesson, err := course.Load(id)
	if err != nil {
		return course.Lesson{}, err
	}
	inGo := false
	if e.Variant != "" {
		variant, err := lesson.Program.Variant(e.Variant)
		if err != nil {
			return course.Lesson{}, course.Explain(id, err)
		}
		inGo = variant.Run != nil
	}
	lesson.Text.Title = "Dictionary"
	lesson.Text.Pages = []content.Page{e.Page(lesson.Text.InPython(e.Variant), inGo)}
	return lesson, nil
}

// Runs is the command line that runs an entry's code, or the reason why nothing
// runs.
func Runs(e content.Entry) string {
	if e.Variant == "" {
		return e.None
	}
	return "gosyncio run " + e.Lesson + " " + e.Variant + " --with both"
}

// Words are what typing finds an entry by besides its names: those without
// their signs, and Go's words.
func Words(e content.Entry) []string {
	var words []string
	for _, w := range wordsOf(e) {
		words = append(words, w.shown, w.plain)
	}
	return slices.Compact(words)
}
