package typeset

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A cell is a character, as wide as it is shown, and the sequences that
// set its style, "" for none.
type cell struct {
	text, style string
	width       int
}

// cells are the characters of a text in one style. Control characters and
// the sequences that they begin are dropped: a terminal must never get
// them from a page.
func cells(text, style string) []cell {
	var result []cell
	var state byte
	text = strings.ToValidUTF8(text, "\uFFFD") // half a character may hide a control character
	for len(text) > 0 {
		char, width, n, next := ansi.DecodeSequence(text, state, nil)
		state, text = next, text[n:]
		if width > 0 {
			result = append(result, cell{char, style, width})
		}
	}
	return result
}

// render are the lines as a terminal takes them, each cut to the width.
func render(lines [][]cell, width int, colour bool) []string {
	var rendered []string
	for _, line := range lines {
		line = cut(trimRight(line), width)
		if colour {
			rendered = append(rendered, styled(line))
		} else {
			rendered = append(rendered, textOf(line))
		}
	}
	return rendered
}

// styled is a line with as few sequences as it can have, and with its
// styles closed.
func styled(line []cell) string {
	var b strings.Builder
	open := ""
	for _, c := range line {
		if c.style != open && (c.text != " " || c.style == "") {
			if open != "" {
				b.WriteString(reset)
			}
			b.WriteString(c.style)
			open = c.style
		}
		b.WriteString(c.text)
	}
	if open != "" {
		b.WriteString(reset)
	}
	return b.String()
}

// trimRight is the line without the spaces at its end.
func trimRight(line []cell) []cell {
	for len(line) > 0 && line[len(line)-1].text == " " {
		line = line[:len(line)-1]
	}
	return line
}

// padRight is a copy of the line with spaces up to the width.
func padRight(line []cell, width int) []cell {
	padded := slices.Clone(line)
	for range width - widthOf(line) {
		padded = append(padded, cell{text: " ", width: 1})
	}
	return padded
}

// cut is the line in at most width columns, with a '…' at its end if that
// is not all of it.
func cut(line []cell, width int) []cell {
	if widthOf(line) <= width {
		return line
	}
	used := 0
	for i, c := range line {
		if used+c.width > width-1 {
			return append(line[:i:i], cell{text: "…", width: 1})
		}
		used += c.width
	}
	return line
}

// wrap breaks a line at its spaces, and a word that is wider than a line
// wherever it must.
func wrap(line []cell, width int) [][]cell {
	var lines [][]cell
	var current []cell
	for len(line) > 0 {
		var spaces, word []cell
		spaces, line = span(line, true)
		word, line = span(line, false)
		if len(current) > 0 && widthOf(current)+widthOf(spaces)+widthOf(word) > width {
			lines, current, spaces = append(lines, current), nil, nil
		}
		current = append(current, spaces...)
		for _, c := range word {
			if len(current) > 0 && widthOf(current)+c.width > width {
				lines, current = append(lines, current), nil
			}
			current = append(current, c)
		}
	}
	return append(lines, current)
}

// span splits off the cells at the start that are spaces, or are not.
func span(line []cell, spaces bool) (start, rest []cell) {
	i := slices.IndexFunc(line, func(c cell) bool { return (c.text == " ") != spaces })
	if i < 0 {
		i = len(line)
	}
	return line[:i], line[i:]
}

func widthOf(line []cell) int {
	width := 0
	for _, c := range line {
		width += c.width
	}
	return width
}

func textOf(line []cell) string {
	var b strings.Builder
	for _, c := range line {
		b.WriteString(c.text)
	}
	return b.String()
}

func texts(lines [][]cell) []string {
	var texts []string
	for _, line := range lines {
		texts = append(texts, textOf(line))
	}
	return texts
}
