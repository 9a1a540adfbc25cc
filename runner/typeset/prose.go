package typeset

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// measure is how wide prose is at most: longer lines read badly.
const measure = 76

// Prose sets Markdown in lines of at most width columns, and of at most
// 76 however wide the page is: paragraphs, headings, lists, quotations,
// tables, fenced blocks, and in them emphasis, code and links. There is no margin, no blank line at the
// start or the end, and no trailing space. Text is broken at its spaces,
// and only a word longer than a line elsewhere; a line of a fenced block
// is never broken, but cut, and ends in '…'.
//
// Without colour headings keep their #, and code in a line its backquotes.
func Prose(markdown string, width int, colour bool) []string {
	width = min(width, measure)
	if width < 1 {
		return nil
	}
	s := setter{source: []byte(markdown), colour: colour}
	parser := goldmark.DefaultParser()
	return render(s.blocks(parser.Parse(text.NewReader(s.source)), width), width, colour)
}

// A setter sets the nodes of one source.
type setter struct {
	source []byte
	colour bool
}

// blocks sets what is in a node, with a blank line between any two blocks
// unless they belong to a list whose items have none between them.
func (s setter) blocks(parent ast.Node, width int) [][]cell {
	list, isList := parent.(*ast.List)
	if !isList {
		list, _ = parent.Parent().(*ast.List)
	}
	var lines [][]cell
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if len(lines) > 0 && (list == nil || !list.IsTight) {
			lines = append(lines, nil)
		}
		lines = append(lines, s.block(n, width)...)
	}
	return lines
}

func (s setter) block(n ast.Node, width int) [][]cell {
	switch n := n.(type) {
	case *ast.Heading:
		return s.heading(n, width)
	case *ast.List:
		return s.blocks(n, width)
	case *ast.ListItem:
		marker := cells(s.marker(n), "")
		return hang(marker, padRight(nil, widthOf(marker)), width, func(width int) [][]cell { return s.blocks(n, width) })
	case *ast.Blockquote:
		bar := cells("│ ", "")
		return hang(bar, bar, width, func(width int) [][]cell { return s.blocks(n, width) })
	case *ast.Paragraph, *ast.TextBlock:
		if t, ok := s.tableOf(n); ok {
			return t.lines(width)
		}
	case *ast.FencedCodeBlock:
		return s.code(n, string(n.Language(s.source)))
	case *ast.CodeBlock, *ast.HTMLBlock:
		return s.code(n, "")
	case *ast.ThematicBreak:
		return [][]cell{cells("────────", "")}
	}
	return s.paragraph(s.inline(n, ""), width)
}

func (s setter) heading(n *ast.Heading, width int) [][]cell {
	lines := s.inline(n, bold)
	if !s.colour {
		lines[0] = append(cells(strings.Repeat("#", n.Level)+" ", ""), lines[0]...)
	}
	return s.paragraph(lines, width)
}

// marker is what stands before an item of a list.
func (s setter) marker(item *ast.ListItem) string {
	list := item.Parent().(*ast.List)
	if !list.IsOrdered() {
		return "• "
	}
	number := list.Start
	for n := item.PreviousSibling(); n != nil; n = n.PreviousSibling() {
		number++
	}
	return strconv.Itoa(number) + ". "
}

// hang sets lines behind a marker, and those after the first behind rest,
// which is as wide. Where that would take more than half of the width, it
// does without.
func hang(marker, rest []cell, width int, set func(width int) [][]cell) [][]cell {
	indent := widthOf(marker)
	if indent > width/2 {
		return set(width)
	}
	lines := set(width - indent)
	if len(lines) == 0 {
		lines = [][]cell{nil}
	}
	for i, line := range lines {
		before := rest
		if i == 0 {
			before = marker
		}
		lines[i] = append(before[:len(before):len(before)], line...)
	}
	return lines
}

// code sets a fenced block: as it is, indented.
func (s setter) code(n ast.Node, language string) [][]cell {
	source := strings.Trim(string(n.Lines().Value(s.source)), "\n")
	lines := highlight(source, language)
	for i, line := range lines {
		lines[i] = append(padRight(nil, 4), line...)
	}
	return lines
}

// paragraph breaks lines to the width.
func (s setter) paragraph(lines [][]cell, width int) [][]cell {
	var result [][]cell
	for _, line := range lines {
		result = append(result, wrap(line, width)...)
	}
	return result
}
