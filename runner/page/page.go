package runner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/stage"
	"gosyncio/runner/typeset"
)

// reader lays out the pages of one lesson: the one place where its text
// and its code meet.
type reader struct {
	lesson  lessons.Lesson
	text    content.Lesson
	palette stage.Palette
	colours bool
	// spacious leaves a line empty between any two of prose that are not a
	// table's.
	spacious bool
}

func newReader(lesson lessons.Lesson, text content.Lesson, colours bool) *reader {
	return &reader{lesson: lesson, text: text, palette: stage.NewPalette(colours), colours: colours}
}

// lines are the page set for width columns, without its title. Where it
// runs something stands the command that does so.
func (r *reader) lines(p content.Page, width int) ([]string, error) {
	var lines []string
	for i, block := range p.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		switch block := block.(type) {
		case content.Prose:
			prose := typeset.Prose(block.Markdown, width, r.colours)
			for i, line := range prose {
				if i > 0 && r.spacious && !(isTable(line) && isTable(prose[i-1])) {
					lines = append(lines, "")
				}
				lines = append(lines, line)
			}
		case content.Compare:
			left, right, err := r.compare(block)
			if err != nil {
				return nil, err
			}
			lines = append(lines, typeset.Columns(left, right, width, r.colours)...)
		case content.Predict:
			lines = append(lines, wrapped("? "+unmarked(block.Question), 0, width)...)
		case content.Quiz:
			for _, q := range block.Questions {
				lines = append(lines, wrapped("? "+unmarked(q.Question), 0, width)...)
			}
		case content.Run:
			for _, line := range commandLines(r.lesson.ID, block, width) {
				lines = append(lines, r.palette.Faint(line))
			}
		}
	}
	return lines, nil
}

// isTable is whether a line of prose is a row of a table, or a rule in it.
func isTable(line string) bool { return strings.ContainsAny(line, "│┼") }

// asking is the page without its questions and what they are about, and
// with the languages in which its runs are going to be made: for the walk,
// which asks them, one at a time.
func asking(p content.Page, chosen with) content.Page {
	var blocks []content.Block
	for _, block := range p.Blocks {
		switch block := block.(type) {
		case content.Predict, content.Quiz:
		case content.Run:
			blocks = append(blocks, inLanguages(block, chosen))
		default:
			blocks = append(blocks, block)
		}
	}
	p.Blocks = blocks
	return p
}

// inLanguages is the run in the languages that its page sets, or else in
// those that the learner has chosen.
func inLanguages(run content.Run, chosen with) content.Run {
	run.With = cmp.Or(run.With, string(chosen))
	return run
}

// unmarked is a line of Markdown without the marks of code.
func unmarked(text string) string { return strings.ReplaceAll(text, "`", "") }

// compare is the code that a compare block shows.
func (r *reader) compare(c content.Compare) (python, golang typeset.Column, err error) {
	if c.Python != content.None {
		code, err := typeset.Python(r.text.Python, c.Python)
		if err != nil {
			return python, golang, fmt.Errorf("python of lesson %s: %w", r.lesson.ID, err)
		}
		python = typeset.Column{Title: "Python", Code: code, Language: "python"}
	}
	if c.Go != content.None {
		function := c.Go
		if function == "" {
			variant, err := r.lesson.Variant(c.Variant)
			if err != nil {
				return python, golang, err
			}
			function = variant.Func
		}
		code, err := typeset.Go(r.lesson.Source(), function)
		if err != nil {
			return python, golang, fmt.Errorf("go of lesson %s: %w", r.lesson.ID, err)
		}
		golang = typeset.Column{Title: "Go", Code: code, Language: "go"}
	}
	return python, golang, nil
}

// assignments are what a run block sets, as --set takes it.
func assignments(run content.Run) []string {
	var set []string
	for name, value := range run.Set {
		set = append(set, name+"="+value)
	}
	slices.Sort(set)
	return set
}

// command is what makes the same run from the command line, in parts that
// belong together.
func command(lesson string, run content.Run) []string {
	parts := append([]string{"gosyncio run " + lesson}, run.Variants...)
	for _, assignment := range assignments(run) {
		parts = append(parts, "--set "+assignment)
	}
	switch run.With {
	case "":
		parts = append(parts, "--with both")
	case string(withGo): // it is the default
	default:
		parts = append(parts, "--with "+run.With)
	}
	return parts
}

// commandLines are the command in lines of at most width columns, if its
// parts allow that.
func commandLines(lesson string, run content.Run, width int) []string {
	lines := []string{"▶"}
	for _, part := range command(lesson, run) {
		last := &lines[len(lines)-1]
		if ansi.StringWidth(*last+" "+part) > width && *last != "▶" {
			lines = append(lines, "   "+part)
			continue
		}
		*last += " " + part
	}
	return lines
}
