package typeset

import (
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
)

// table sets a table as wide as it is, or else as the page, its widest
// columns narrowed and their text broken.
func (s setter) table(t *extast.Table, width int) [][]cell {
	rows := s.rows(t)
	widths := columnWidths(rows, width)
	var lines [][]cell
	for i, row := range rows {
		lines = append(lines, s.row(row, widths, t.Alignments)...)
		if i == 0 {
			lines = append(lines, rule(widths))
		}
	}
	return lines
}

// rows are the cells of a table, the header first, each in one line.
func (s setter) rows(t *extast.Table) [][][]cell {
	var rows [][][]cell
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		var row [][]cell
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row = append(row, s.inline(c, "")[0])
		}
		rows = append(rows, row)
	}
	return rows
}

// columnWidths are the widths of a table's columns, without the space on
// either side of them: as much as each needs, but the widest give way
// until all of it fits, as far as that is possible.
func columnWidths(rows [][][]cell, width int) []int {
	var widths []int
	total := -1 // between n columns there are n-1 lines
	for column := range rows[0] {
		widest := 1
		for _, row := range rows {
			widest = max(widest, widthOf(row[column]))
		}
		widths = append(widths, widest)
		total += widest + 3
	}
	for ; total > width; total-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] == 1 {
			break
		}
		widths[widest]--
	}
	return widths
}

// row sets one row in as many lines as its highest cell has.
func (s setter) row(row [][]cell, widths []int, alignments []extast.Alignment) [][]cell {
	wrapped := make([][][]cell, len(row))
	height := 1
	for i, text := range row {
		wrapped[i] = wrap(text, widths[i])
		height = max(height, len(wrapped[i]))
	}
	var lines [][]cell
	for y := range height {
		var line []cell
		for i := range row {
			var text []cell
			if y < len(wrapped[i]) {
				text = wrapped[i][y]
			}
			if i > 0 {
				line = append(line, cells("│", "")...)
			}
			line = append(line, aligned(text, widths[i], alignments[i])...)
		}
		lines = append(lines, line)
	}
	return lines
}

// rule is the line below a table's header.
func rule(widths []int) []cell {
	var parts []string
	for _, w := range widths {
		parts = append(parts, strings.Repeat("─", w+2))
	}
	return cells(strings.Join(parts, "┼"), "")
}

// aligned is text in a column of that width, with a space on either side.
func aligned(text []cell, width int, alignment extast.Alignment) []cell {
	left := 0
	switch alignment {
	case extast.AlignRight:
		left = width - widthOf(text)
	case extast.AlignCenter:
		left = (width - widthOf(text)) / 2
	}
	return padRight(append(padRight(nil, left+1), text...), width+2)
}
