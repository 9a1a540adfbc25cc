package typeset

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A table is its rows of cells, the header first, all of them as long, and
// how each column is aligned.
//
// It is read here because goldmark's extensions compile regular
// expressions at every start of the program, children included, which
// takes longer than all the rest of goldmark.
type table struct {
	rows       [][][]cell
	alignments []alignment
}

type alignment int

const (
	alignLeft alignment = iota
	alignCenter
	alignRight
)

// tableOf is the table that a paragraph is, if it is one: its second line
// has a run of hyphens for each cell of the first.
func (s setter) tableOf(p ast.Node) (table, bool) {
	lines := strings.Split(strings.TrimSpace(string(p.Lines().Value(s.source))), "\n")
	if len(lines) < 2 || !strings.Contains(lines[1], "|") {
		return table{}, false
	}
	var t table
	for _, text := range splitRow(lines[1]) {
		a, ok := alignmentOf(text)
		if !ok {
			return table{}, false
		}
		t.alignments = append(t.alignments, a)
	}
	if len(splitRow(lines[0])) != len(t.alignments) {
		return table{}, false
	}
	for _, line := range slices.Delete(lines, 1, 2) {
		row := make([][]cell, len(t.alignments))
		texts := splitRow(line)
		for i := range min(len(row), len(texts)) {
			row[i] = s.fragment(texts[i])
		}
		t.rows = append(t.rows, row)
	}
	return t, true
}

// splitRow are the texts of the cells in a line of a table. A bar behind a
// backslash is text.
func splitRow(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	if strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`) {
		line = line[:len(line)-1]
	}
	var texts []string
	start := 0
	for i := range len(line) {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			texts, start = append(texts, line[start:i]), i+1
		}
	}
	texts = append(texts, line[start:])
	for i, text := range texts {
		texts[i] = strings.ReplaceAll(strings.TrimSpace(text), `\|`, "|")
	}
	return texts
}

// alignmentOf reads a cell of the line below the header, such as :--.
func alignmentOf(text string) (alignment, bool) {
	hyphens := strings.TrimSuffix(strings.TrimPrefix(text, ":"), ":")
	if hyphens == "" || strings.Trim(hyphens, "-") != "" {
		return 0, false
	}
	switch {
	case !strings.HasSuffix(text, ":"):
		return alignLeft, true
	case strings.HasPrefix(text, ":"):
		return alignCenter, true
	}
	return alignRight, true
}

// fragment sets Markdown that is within a line, be it "1." or "- 3".
func (s setter) fragment(markdown string) []cell {
	p := parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)
	s.source = []byte(markdown)
	if paragraph := p.Parse(text.NewReader(s.source)).FirstChild(); paragraph != nil {
		return s.inline(paragraph, "")[0]
	}
	return nil
}

// lines are the table as wide as it is, or else as the page, its widest
// columns narrowed and their text broken.
func (t table) lines(width int) [][]cell {
	widths := columnWidths(t.rows, width)
	var lines [][]cell
	for i, row := range t.rows {
		lines = append(lines, t.row(row, widths)...)
		if i == 0 {
			lines = append(lines, rule(widths))
		}
	}
	return lines
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
func (t table) row(row [][]cell, widths []int) [][]cell {
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
			line = append(line, aligned(text, widths[i], t.alignments[i])...)
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
func aligned(text []cell, width int, a alignment) []cell {
	left := 0
	switch a {
	case alignRight:
		left = width - widthOf(text)
	case alignCenter:
		left = (width - widthOf(text)) / 2
	}
	return padRight(append(padRight(nil, left+1), text...), width+2)
}
