package content

import (
	"slices"
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

// checkHeading lets pass ## and ### at the beginning of a line.
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

// blockKinds are the kinds of fence that become blocks.
var blockKinds = []string{"compare", "predict", "run", "quiz"}

// checkFence lets pass the kinds of fence that there are.
func (p *parser) checkFence(n *ast.FencedCodeBlock) error {
	line := p.line(n)
	const allowed = "allowed are compare, predict, run, quiz, text and console; code is shown from the lesson's own files by compare"
	info := p.info(n)
	switch {
	case slices.Contains(blockKinds, info):
		if _, top := n.Parent().(*ast.Document); !top {
			return p.errorf(line, "a %s fence stands by itself, outside lists and quotations", info)
		}
	case info == "text", info == "console":
	case info == "":
		return p.errorf(line, "fence of no kind; %s", allowed)
	default:
		return p.errorf(line, "fence of kind %q; %s", info, allowed)
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

// line is where a node begins. A node that does not know begins, as far as
// anyone can say, where its parent does.
func (p *parser) line(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Pos() >= 0 && n.Kind() != ast.KindDocument {
			return p.lines.at(n.Pos())
		}
	}
	return 1
}

// misplaced says where a predict belongs.
func (p *parser) misplaced(b Predict) error {
	return p.errorf(b.Line, "a predict must stand directly before the run of its page")
}

// checkEnd wants a page to end as it may.
func (p *parser) checkEnd(page Page, last bool) error {
	if len(page.Blocks) == 0 {
		return p.errorf(page.Line, "page %q is empty", page.Title)
	}
	switch b := page.Blocks[len(page.Blocks)-1].(type) {
	case Predict:
		return p.misplaced(b)
	case Quiz:
		if !last {
			return p.errorf(b.Line, "a quiz must end the last page")
		}
	}
	return nil
}

// checkIDs wants every question of the lesson to have an ID of its own.
func (p *parser) checkIDs(pages []Page) error {
	lines := map[string]int{}
	check := func(id string, line int) error {
		if first, ok := lines[id]; ok {
			return p.errorf(line, "id %s is that of the question at line %d", id, first)
		}
		lines[id] = line
		return nil
	}
	for _, page := range pages {
		for _, block := range page.Blocks {
			switch b := block.(type) {
			case Predict:
				if err := check(b.ID, b.Line); err != nil {
					return err
				}
			case Quiz:
				for _, q := range b.Questions {
					if err := check(q.ID, q.Line); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
