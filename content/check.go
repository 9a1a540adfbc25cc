package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// checkTree refuses what a lesson must not contain, wherever it stands.
func (p *parser) checkTree(document ast.Node) error {
	return ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		return ast.WalkContinue, p.checkNode(n)
	})
}

func (p *parser) checkNode(n ast.Node) error {
	switch n := n.(type) {
	case *ast.Heading:
		return p.checkHeading(n)
	case *ast.FencedCodeBlock:
		return p.checkFence(n)
	case *ast.CodeBlock:
		return p.errorf(p.line(n), "code by indentation; fence it as text or console")
	case *ast.HTMLBlock, *ast.RawHTML:
		return p.errorf(p.line(n), "raw HTML; write Markdown")
	case *ast.Image:
		return p.errorf(p.line(n), "an image; a terminal shows none")
	case *ast.LinkReferenceDefinition:
		return p.errorf(p.line(n), "a link's definition would be lost on other pages; write [text](address)")
	}
	return nil
}

// checkHeading allows ## and ### at the beginning of a line only.
func (p *parser) checkHeading(n *ast.Heading) error {
	line := p.line(n)
	if n.Level != 2 && n.Level != 3 {
		return p.errorf(line, "heading of level %d; pages begin with ##, and ### stands inside them", n.Level)
	}
	marks := strings.Repeat("#", n.Level)
	_, top := n.Parent().(*ast.Document)
	if written := p.lines.text(line, line); !top || !strings.HasPrefix(written, marks) {
		return p.errorf(line, "write this heading as %s and its title at the beginning of a line", marks)
	}
	if p.title(n) == "" {
		return p.errorf(line, "heading without a title")
	}
	return nil
}

// checkFence allows the kinds of fence that there are.
func (p *parser) checkFence(n *ast.FencedCodeBlock) error {
	line := p.line(n)
	info := p.info(n)
	_, block := findFenceKind(info)
	_, top := n.Parent().(*ast.Document)
	switch {
	case block && !top:
		return p.errorf(line, "a %s fence stands by itself, outside lists and quotations", info)
	case block, info == fenceText, info == fenceConsole:
	case info == "":
		return p.errorf(line, "fence of no kind; %s", allowedFences())
	default:
		return p.errorf(line, "fence of kind %q; %s", info, allowedFences())
	}
	if strings.TrimSpace(string(n.Lines().Value(p.source))) == "" {
		return p.errorf(line, "%s fence is empty", info)
	}
	if !p.closed(n) {
		return p.errorf(line, "%s fence is not closed", info)
	}
	return nil
}

// closed reports whether the line after the fence's body ends the fence.
func (p *parser) closed(n *ast.FencedCodeBlock) bool {
	last := p.line(n) + n.Lines().Len() + 1
	if last > p.lines.count() {
		return false
	}
	end := strings.TrimLeft(p.lines.text(last, last), " >")
	return strings.HasPrefix(end, "```") || strings.HasPrefix(end, "~~~")
}

// line returns the line where a node begins, or where its parent does for a
// node without a position.
func (p *parser) line(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Pos() >= 0 && n.Kind() != ast.KindDocument {
			return p.lines.at(n.Pos())
		}
	}
	return 1
}

// checkIDs requires that every question of the lesson has an ID of its own.
func (p *parser) checkIDs(pages []Page) error {
	lines := map[string]int{}
	for _, page := range pages {
		for _, block := range page.Blocks {
			for _, q := range block.asks() {
				if first, ok := lines[q.ID]; ok {
					return p.errorf(q.Line, "id %s is that of the question at line %d", q.ID, first)
				}
				lines[q.ID] = q.Line
			}
		}
	}
	return nil
}
