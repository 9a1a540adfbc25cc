package typeset

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
// the longest line of each, with the lines that correspond in one row, and
// else one below the other, left first. A column without code is left out.
// No line is wider than width: what is too long even by itself is cut and
// ends in '…', for wrapped code reads as other code. Lines have no
// trailing spaces.
func Columns(left, right Column, width int, colour bool) []string {
	if width < 1 {
		return nil
	}
	if left.Code != "" && right.Code != "" && left.width()+ansi.StringWidth(gutter)+right.width() <= width {
		return beside(left, right, colour)
	}
	var lines []string
	for _, c := range []Column{left, right} {
		if c.Code == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		title, code := c.lines(colour)
		if title != "" {
			code = append([]string{title}, code...)
		}
		for _, line := range code {
			var style string
			lines = append(lines, render(cut(cells(line, &style), width)))
		}
	}
	return lines
}

// lines are the title, with a rule as long as the widest line, if there is
// one, and the code.
func (c Column) lines(colour bool) (title string, code []string) {
	source := strings.ReplaceAll(strings.Trim(c.Code, "\n"), "\t", "    ")
	for line := range strings.SplitSeq(Highlight(source, c.Language, colour), "\n") {
		code = append(code, trimRight(line))
	}
	if c.Title == "" {
		return "", code
	}
	title, rule := c.Title, strings.Repeat("─", max(longest(code)-ansi.StringWidth(c.Title)-1, 0))
	if colour {
		title, rule = bold+title+reset, faint+rule+reset
	}
	return title + " " + rule, code
}

// width is that of the widest line, the title included.
func (c Column) width() int {
	title, code := c.lines(false)
	return max(longest(code), ansi.StringWidth(title))
}

// beside sets two columns beside each other, line by line as align says.
func beside(left, right Column, colour bool) []string {
	leftTitle, leftCode := left.lines(colour)
	rightTitle, rightCode := right.lines(colour)
	_, leftPlain := left.lines(false)
	_, rightPlain := right.lines(false)
	between := gutter
	if colour {
		between = faint + gutter + reset
	}
	width := left.width()
	var lines []string
	set := func(l, r string) {
		padding := strings.Repeat(" ", width-ansi.StringWidth(l))
		lines = append(lines, trimRight(l+padding+between+r))
	}
	at := func(code []string, i int) string {
		if i == none {
			return ""
		}
		return code[i]
	}
	if leftTitle != "" || rightTitle != "" {
		set(leftTitle, rightTitle)
	}
	for _, r := range align(leftPlain, rightPlain) {
		set(at(leftCode, r.left), at(rightCode, r.right))
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
