package typeset

import (
	"bufio"
	"bytes"
	"html"

	"github.com/yuin/goldmark/ast"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
)

// inline are the lines of a paragraph as its author breaks them, which is
// seldom: at a backslash, or at two spaces, at the end of a line.
func (s setter) inline(parent ast.Node, style string) [][]cell {
	p := phrases{setter: s, lines: [][]cell{nil}}
	p.children(parent, style)
	return p.lines
}

type phrases struct {
	setter
	lines [][]cell // at least one
}

func (p *phrases) add(text, style string) {
	last := &p.lines[len(p.lines)-1]
	*last = append(*last, cells(text, style)...)
}

func (p *phrases) children(parent ast.Node, style string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.node(n, style)
	}
}

func (p *phrases) node(n ast.Node, style string) {
	switch n := n.(type) {
	case *ast.Text:
		p.text(n, style)
	case *ast.CodeSpan:
		p.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 1 {
			p.children(n, style+italic)
		} else {
			p.children(n, style+bold)
		}
	case *ast.Link:
		p.children(n, style)
		p.add(" ", "")
		p.add(string(n.Destination), cyan)
	case *ast.AutoLink:
		p.add(string(n.Label(p.source)), cyan)
	default:
		p.children(n, style)
	}
}

func (p *phrases) text(n *ast.Text, style string) {
	value := n.Value(p.source)
	if n.IsRaw() {
		p.add(string(value), style)
	} else {
		p.add(resolve(value), style)
	}
	switch {
	case n.HardLineBreak():
		p.lines = append(p.lines, nil)
	case n.SoftLineBreak():
		p.add(" ", style)
	}
}

// resolve is the text that Markdown stands for: without backslashes before
// punctuation, and with the characters that entities such as &amp; name.
// Goldmark tells it as HTML only.
func resolve(markdown []byte) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	goldmarkhtml.DefaultWriter.Write(w, markdown)
	w.Flush() // into memory
	return html.UnescapeString(b.String())
}

// codeSpan sets code in a line, whose text is taken as it is.
func (p *phrases) codeSpan(n *ast.CodeSpan) {
	mark := "`"
	if p.colour {
		mark = ""
	}
	p.add(mark, cyan)
	p.children(n, cyan)
	p.add(mark, cyan)
}
