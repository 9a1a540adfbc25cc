package page

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Column is a program beside another. Its Code may hold tabs; it is
// plain, Columns highlights it.
type Column struct{ Title, Code, Language string }

// gutter stands between two columns.
const gutter = " │ "

// Columns sets two programs side by side where the width allows it for
// the longest line of each, and else one below the other, left first. A
// column without code is left out. No line is wider than width: what is
// too long even by itself is cut and ends in '…', for wrapped code reads
// as other code. Lines have no trailing spaces.
func Columns(left, right Column, width int, colour bool) []string {
	if width < 1 {
		return nil
	}
	var programs [][]string
	for _, c := range []Column{left, right} {
		if c.Code != "" {
			programs = append(programs, c.lines(colour))
		}
	}
	if len(programs) == 2 && longest(programs[0])+ansi.StringWidth(gutter)+longest(programs[1]) <= width {
		return beside(programs[0], programs[1], longest(programs[0]), colour)
	}
	var lines []string
	for i, program := range programs {
		if i > 0 {
			lines = append(lines, "")
		}
		for _, line := range program {
			var style string
			lines = append(lines, render(cut(cells(line, &style), width)))
		}
	}
	return lines
}

// lines are the title, with a rule as long as the widest line, if there is
// one, and the code.
func (c Column) lines(colour bool) []string {
	code := strings.ReplaceAll(strings.Trim(c.Code, "\n"), "\t", "    ")
	var lines []string
	for line := range strings.SplitSeq(Highlight(code, c.Language, colour), "\n") {
		lines = append(lines, trimRight(line))
	}
	if c.Title == "" {
		return lines
	}
	title, rule := c.Title, strings.Repeat("─", max(longest(lines)-ansi.StringWidth(c.Title)-1, 0))
	if colour {
		title, rule = bold+title+reset, faint+rule+reset
	}
	return append([]string{title + " " + rule}, lines...)
}

// beside sets two columns beside each other, the left one so wide.
func beside(left, right []string, width int, colour bool) []string {
	between := gutter
	if colour {
		between = faint + gutter + reset
	}
	lines := make([]string, max(len(left), len(right)))
	for i := range lines {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		padding := strings.Repeat(" ", width-ansi.StringWidth(l))
		lines[i] = trimRight(l + padding + between + r)
	}
	return lines
}

// longest is the width of the widest line.
func longest(lines []string) int {
	width := 0
	for _, line := range lines {
		width = max(width, ansi.StringWidth(line))
	}
	return width
}

// trimRight is a styled line without the spaces at its end.
func trimRight(line string) string {
	var style string
	return render(cells(line, &style))
}
