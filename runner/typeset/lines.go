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

// cells takes a styled line apart. The style that the line before left
// open is in *style, and so is the one that this line leaves open.
// Sequences that set no style, and control characters, are dropped; a
// terminal must never get them from a page.
func cells(line string, style *string) []cell {
	var result []cell
	var state byte
	for len(line) > 0 {
		text, width, n, next := ansi.DecodeSequence(line, state, nil)
		state, line = next, line[n:]
		switch {
		case strings.HasPrefix(text, "\x1b[") && strings.HasSuffix(text, "m"):
			*style = after(*style, text)
		case width > 0:
			result = append(result, cell{text, *style, width})
		}
	}
	return result
}

// after is the style that holds after a sequence.
func after(style, sequence string) string {
	if sequence == "\x1b[m" || sequence == reset {
		return ""
	}
	return style + sequence
}

// render puts a line together again, without the spaces at its end, with
// as few sequences as it can, and with its styles closed.
func render(line []cell) string {
	for len(line) > 0 && line[len(line)-1].text == " " {
		line = line[:len(line)-1]
	}
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

// cut is the line in at most width columns, with a '…' at its end if that
// is not all of it.
func cut(line []cell, width int) []cell {
	for len(line) > 0 && line[len(line)-1].text == " " {
		line = line[:len(line)-1]
	}
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
// wherever it must. The line begins with a prefix, such as a bullet, as
// long as indent; the lines after it begin with indent.
func wrap(line, indent []cell, width int) [][]cell {
	current, line := slices.Clone(line[:len(indent)]), line[len(indent):]
	if widthOf(indent) > width/2 {
		indent = nil
	}
	var lines [][]cell
	fresh := true // no word in the current line yet
	next := func() {
		lines = append(lines, current)
		current, fresh = slices.Clone(indent), true
	}
	for len(line) > 0 {
		var spaces, word []cell
		spaces, line = span(line, true)
		word, line = span(line, false)
		if !fresh && widthOf(current)+widthOf(spaces)+widthOf(word) > width {
			next()
			spaces = nil
		}
		current = append(current, spaces...)
		for _, c := range word {
			if widthOf(current)+c.width > width && !fresh {
				next()
			}
			current = append(current, c)
			fresh = false
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
