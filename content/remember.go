package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// inOneLine begins the paragraph that ends the prose of a lesson.
const inOneLine = "**In one line:**"

// remember returns what follows inOneLine, in one line.
func (p *parser) remember(document ast.Node, last Page) (string, error) {
	n := document.LastChild()
	for p.isBlock(n) {
		n = n.PreviousSibling()
	}
	if text, ok := p.afterInOneLine(n); ok {
		if text == "" {
			return "", p.errorf(p.line(n), "nothing follows %s", inOneLine)
		}
		return text, nil
	}
	for ; n != nil && p.line(n) > last.Line; n = n.PreviousSibling() {
		if _, ok := p.afterInOneLine(n); ok {
			return "", p.errorf(p.line(n), "the paragraph that begins %s must be the last of the lesson", inOneLine)
		}
	}
	return "", p.errorf(last.Line, "the last page does not end with a paragraph that begins %s", inOneLine)
}

// isBlock reports whether a node is a fence that is not prose.
func (p *parser) isBlock(n ast.Node) bool {
	fence, ok := n.(*ast.FencedCodeBlock)
	if !ok {
		return false
	}
	_, ok = findFenceKind(p.info(fence))
	return ok
}

// afterInOneLine returns the text of a paragraph that begins with inOneLine
// without that beginning, and whether n is such a paragraph.
func (p *parser) afterInOneLine(n ast.Node) (string, bool) {
	if _, ok := n.(*ast.Paragraph); !ok {
		return "", false
	}
	text, ok := strings.CutPrefix(string(n.Lines().Value(p.source)), inOneLine)
	if !ok {
		return "", false
	}
	var words []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
		}
	}
	return strings.Join(words, " "), true
}
