// Package page sets the pages of a lesson in lines for a window. It is the
// one place where a lesson's text and its code meet. It draws nothing and
// asks nothing.
package page

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/exercise"
	"gosyncio/runner/plan"
	"gosyncio/runner/predict"
	"gosyncio/runner/terminal"
	"gosyncio/runner/typeset"
)

// A Setter sets the pages of one lesson.
type Setter struct {
	lesson  course.Lesson
	style   terminal.Style
	colours bool
	// Spacious leaves a line empty between any two of prose that are not a
	// table's: for a room.
	Spacious bool
}

// New is a Setter for a lesson.
func New(lesson course.Lesson, colours bool) *Setter {
	return &Setter{lesson: lesson, style: terminal.NewStyle(colours), colours: colours}
}

// A View is how the learner has a page shown.
type View struct {
	// Languages are those in which the page's command runs, unless the page
	// sets others; "" leaves them to the reader.
	Languages plan.Languages
	Folding   Folding
	// Python says that it comes first where there is room for one language.
	Python bool
}

// A Sheet is a page set in lines, without its title. Where it runs something
// stands the command that does so.
type Sheet struct {
	Lines []string
	// Other is the same page in the other language, line by line, if there
	// is room for one at a time; else it is nil.
	Other []string
	// Folds says that code on the page is folded, or would be if it were not
	// open.
	Folds bool
	// Code says that there is code on the page.
	Code bool
}

// Sheet is the page set for width columns, one language at a time if there is
// no room for two beside each other.
func (s *Setter) Sheet(p content.Page, view View, width int) (Sheet, error) {
	var sheet Sheet
	var python, golang []string
	inTurn := false
	for i, block := range p.Blocks {
		if i > 0 {
			python, golang = append(python, ""), append(golang, "")
		}
		compare, ok := block.(content.Compare)
		if !ok {
			lines, err := s.block(p, block, view, width)
			if err != nil {
				return sheet, err
			}
			python, golang = append(python, lines...), append(golang, lines...)
			continue
		}
		sheet.Code = true
		folded, err := s.folds(compare)
		if err != nil {
			return sheet, err
		}
		sheet.Folds = sheet.Folds || folded
		left, right, err := s.compare(compare, view.Folding)
		if err != nil {
			return sheet, err
		}
		if typeset.Fit(left, right, width) {
			lines := typeset.Columns(left, right, width, s.colours)
			python, golang = append(python, lines...), append(golang, lines...)
			continue
		}
		l, r := typeset.InTurn(left, right, width, s.colours)
		python, golang = append(python, l...), append(golang, r...)
		inTurn = true
	}
	sheet.Lines, sheet.Other = golang, python
	if view.Python {
		sheet.Lines, sheet.Other = python, golang
	}
	if !inTurn {
		sheet.Other = nil
	}
	return sheet, nil
}

// Lines are the page set for width columns, both languages on it, one below
// the other if there is no room for them beside each other.
func (s *Setter) Lines(p content.Page, view View, width int) ([]string, error) {
	var lines []string
	for i, block := range p.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		set, err := s.block(p, block, view, width)
		if err != nil {
			return nil, err
		}
		lines = append(lines, set...)
	}
	return lines, nil
}

// block sets a block of p. Each kind of content.Kinds has its case.
func (s *Setter) block(p content.Page, block content.Block, view View, width int) (lines []string, err error) {
	switch block := block.(type) {
	case content.Prose:
		return s.Prose(block.Markdown, width), nil
	case content.Compare:
		left, right, err := s.compare(block, view.Folding)
		if err != nil {
			return nil, err
		}
		return typeset.Columns(left, right, width, s.colours), nil
	case content.Predict:
		return s.prediction(p, block, width)
	case content.Quiz:
		for _, q := range block.Questions {
			lines = append(lines, question(q.Question, width)...)
		}
		return lines, nil
	case content.Run:
		for _, line := range commandLines(s.lesson.ID, block, view.Languages, width) {
			lines = append(lines, s.style.Faint(line))
		}
		return lines, nil
	case content.Make:
		return s.exercises(block, width)
	}
	return nil, fmt.Errorf("set a page of lesson %s: internal error: nothing shows a block of kind %s", s.lesson.ID, block.Kind())
}

// Prose sets Markdown in lines of at most width columns.
func (s *Setter) Prose(markdown string, width int) []string {
	prose := typeset.Prose(markdown, width, s.colours)
	if !s.Spacious {
		return prose
	}
	var lines []string
	for i, line := range prose {
		if i > 0 && !(isTable(line) && isTable(prose[i-1])) {
			lines = append(lines, "")
		}
		lines = append(lines, line)
	}
	return lines
}

// isTable reports whether a line of prose is a row of a table, or a rule in
// it.
func isTable(line string) bool { return strings.ContainsAny(line, "│┼") }

func question(markdown string, width int) []string {
	return terminal.Wrap("? "+content.StripBackticks(markdown), 0, width)
}

// prediction is the question about the run of the page, with the answers to
// choose from for what the page sets.
func (s *Setter) prediction(p content.Page, asked content.Predict, width int) ([]string, error) {
	run, ok := p.Blocks[len(p.Blocks)-1].(content.Run)
	if !ok {
		return question(asked.Question, width), nil
	}
	r, err := plan.ForPage(s.lesson, run, plan.Both)
	if err != nil {
		return nil, err
	}
	made, err := predict.New(asked, r)
	if err != nil {
		return nil, err
	}
	lines := question(asked.Question, width)
	for i, option := range made.Options {
		lines = append(lines, terminal.Hanging(fmt.Sprintf("  %d", i+1), option.Text, 5, width)...)
	}
	return lines, nil
}

// exercises are what a page offers to make, with the commands that begin them.
func (s *Setter) exercises(block content.Make, width int) (lines []string, err error) {
	const sign, gap = "▶ gosyncio practice ", 2
	widest := 0
	for _, name := range block.Exercises {
		widest = max(widest, ansi.StringWidth(sign+name))
	}
	for _, name := range block.Exercises {
		e, err := exercise.Find(name)
		if err != nil {
			return nil, err
		}
		about := fmt.Sprintf("%s: %s (%d min)", e.Text.Title, e.Text.Summary, e.Text.Minutes)
		for _, line := range terminal.Hanging(sign+name, about, widest+gap, width) {
			lines = append(lines, s.style.Faint(line))
		}
	}
	return lines, nil
}

// WithoutQuestions is the page without its questions, for the walk, which
// asks them one at a time.
func WithoutQuestions(p content.Page) content.Page {
	var blocks []content.Block
	for _, block := range p.Blocks {
		switch block.(type) {
		case content.Predict, content.Quiz:
		default:
			blocks = append(blocks, block)
		}
	}
	p.Blocks = blocks
	return p
}

// command is what makes the same run from the command line, in parts that
// belong together.
func command(lesson string, run content.Run, languages plan.Languages) []string {
	parts := append([]string{"gosyncio run " + lesson}, run.Variants...)
	for _, assignment := range plan.Assignments(run) {
		parts = append(parts, "--set "+assignment)
	}
	switch with := plan.InLanguages(run, languages); with {
	case "":
		parts = append(parts, "--with both")
	case plan.Go: // it is the default
	default:
		parts = append(parts, "--with "+string(with))
	}
	return parts
}

// commandLines are the command in lines of at most width columns, if its
// parts allow that.
func commandLines(lesson string, run content.Run, languages plan.Languages, width int) []string {
	const sign = "▶"
	lines := []string{sign}
	for _, part := range command(lesson, run, languages) {
		last := &lines[len(lines)-1]
		if ansi.StringWidth(*last+" "+part) > width && *last != sign {
			lines = append(lines, "   "+part)
			continue
		}
		*last += " " + part
	}
	return lines
}
