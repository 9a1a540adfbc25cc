package content

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	markdown "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Parse reads a lesson.md. file only serves to begin errors, each of which
// reads "file:line: what is wrong". The lesson's ID and Python stay empty.
func Parse(file string, source []byte) (Lesson, error) {
	source = normalise(source)
	header, body, err := parseHeader(file, source)
	if err != nil {
		return Lesson{}, err
	}
	p := parser{file: file, source: source, lines: newLines(source)}
	if err := p.checkCharacters(); err != nil {
		return Lesson{}, err
	}
	document := p.document(body)
	pages, err := p.pages(document, body)
	if err != nil {
		return Lesson{}, err
	}
	if err := p.checkIDs(pages); err != nil {
		return Lesson{}, err
	}
	remember, err := p.remember(document, pages[len(pages)-1])
	if err != nil {
		return Lesson{}, err
	}
	return Lesson{
		Title:    header.Title,
		Summary:  header.Summary,
		Asyncio:  header.Asyncio,
		Go:       header.Go,
		Minutes:  header.Minutes,
		Pages:    pages,
		Remember: remember,
	}, nil
}

// normalise ends every line with \n, however git checked it out.
func normalise(source []byte) []byte {
	return bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
}

// errorAt returns an error at a line of a file.
func errorAt(file string, line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, args...))
}

// parser reads the pages of one file.
type parser struct {
	file   string
	source []byte
	lines  lines
}

func (p *parser) errorf(line int, format string, args ...any) error {
	return errorAt(p.file, line, format, args...)
}

// checkCharacters refuses what could command a terminal, written as it is
// or as an entity such as &#27;.
func (p *parser) checkCharacters() error {
	for n := 1; n <= p.lines.count(); n++ {
		line := p.lines.text(n, n)
		if !utf8.ValidString(line) {
			return p.errorf(n, "not UTF-8")
		}
		resolved := util.ResolveEntityNames(util.ResolveNumericReferences([]byte(line)))
		if r, ok := findControl(string(resolved)); ok {
			return p.errorf(n, "control character %U; write spaces and visible characters only", r)
		}
	}
	return nil
}

// findControl finds a character that is not seen but acts: controls, and
// marks that change the direction of the text.
func findControl(s string) (rune, bool) {
	for _, r := range s {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return r, true
		}
	}
	return 0, false
}

// place is a part of the body that is not prose: a heading that begins a
// page or a fence that becomes a block.
type place struct {
	first, last int // lines
	title       string
	block       Block // nil for a heading
}

// document parses the lines from body on, as CommonMark. Tables are
// paragraphs to it, and what must not stand in a lesson is found in them all
// the same; package extension, which knows tables, takes half a millisecond
// of every start of the program.
func (p *parser) document(body int) ast.Node {
	// The lines before body are blanked, not cut: the offsets in the tree
	// stay offsets in the file.
	start := p.lines.start(body)
	blanked := append(bytes.Repeat([]byte{'\n'}, start), p.source[start:]...)
	return markdown.NewParser(
		markdown.WithBlockParsers(markdown.DefaultBlockParsers()...),
		markdown.WithInlineParsers(markdown.DefaultInlineParsers()...),
		markdown.WithParagraphTransformers(markdown.DefaultParagraphTransformers()...),
	).Parse(text.NewReader(blanked))
}

// pages returns the pages of the document, which are the lines from body on.
func (p *parser) pages(document ast.Node, body int) ([]Page, error) {
	if err := p.checkTree(document); err != nil {
		return nil, err
	}
	places, err := p.places(document)
	if err != nil {
		return nil, err
	}
	first := body
	for first <= p.lines.count() && p.lines.blank(first) {
		first++
	}
	switch {
	case len(places) == 0 && first > p.lines.count():
		return nil, p.errorf(p.lines.count(), "no pages; begin one with ## and its title")
	case len(places) == 0 || first != places[0].first || places[0].block != nil:
		return nil, p.errorf(first, "text before the first page; begin a page with ## and its title")
	}
	return p.cut(places)
}

// cut makes pages of the places and of the prose between them. The first
// place is a heading.
func (p *parser) cut(places []place) ([]Page, error) {
	var pages []Page
	titles := map[string]int{}
	for i, at := range places {
		if at.block == nil {
			if line, ok := titles[at.title]; ok {
				return nil, p.errorf(at.first, "page %q has the title of the page at line %d", at.title, line)
			}
			titles[at.title] = at.first
			pages = append(pages, Page{Title: at.title, Line: at.first})
		}
		page := &pages[len(pages)-1]
		if at.block != nil {
			if err := p.add(page, at.block, at.first); err != nil {
				return nil, err
			}
		}
		end := p.lines.count()
		if i+1 < len(places) {
			end = places[i+1].first - 1
		}
		if prose, ok := p.prose(at.last+1, end); ok {
			if err := p.add(page, prose, prose.Line); err != nil {
				return nil, err
			}
		}
		if last := i+1 == len(places); last || places[i+1].block == nil {
			if err := p.endPage(*page, last); err != nil {
				return nil, err
			}
		}
	}
	return pages, nil
}

// add appends a block that begins at line.
func (p *parser) add(page *Page, b Block, line int) error {
	if n := len(page.Blocks); n > 0 {
		if err := page.Blocks[n-1].checkNext(next{file: p.file, block: b, line: line}); err != nil {
			return err
		}
	}
	page.Blocks = append(page.Blocks, b)
	return nil
}

// endPage checks that a page may end as it does.
func (p *parser) endPage(page Page, last bool) error {
	n := len(page.Blocks)
	if n == 0 {
		return p.errorf(page.Line, "page %q is empty", page.Title)
	}
	return page.Blocks[n-1].checkNext(next{file: p.file, lastPage: last})
}

// prose returns the text from line first to line last without the blank
// lines around it, and whether there is any.
func (p *parser) prose(first, last int) (Prose, bool) {
	for first <= last && p.lines.blank(first) {
		first++
	}
	for first <= last && p.lines.blank(last) {
		last--
	}
	if first > last {
		return Prose{}, false
	}
	return Prose{Line: first, Markdown: p.lines.text(first, last)}, true
}

// places finds the headings of pages and the fences that become blocks.
// checkTree has been there before.
func (p *parser) places(document ast.Node) ([]place, error) {
	var places []place
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		line := p.lines.at(n.Pos())
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 2 {
				places = append(places, place{first: line, last: line, title: p.title(n)})
			}
		case *ast.FencedCodeBlock:
			block, err := p.fence(n, line)
			if err != nil {
				return nil, err
			}
			if block != nil {
				last := line + n.Lines().Len() + 1
				places = append(places, place{first: line, last: last, block: block})
			}
		}
	}
	return places, nil
}

// fence returns the block that a fence stands for; nil if it is prose.
func (p *parser) fence(n *ast.FencedCodeBlock, line int) (Block, error) {
	info := p.info(n)
	kind, ok := findFenceKind(info)
	if !ok {
		return nil, nil
	}
	return kind.decode(&yamlText{file: p.file, line: line, what: info}, string(n.Lines().Value(p.source)))
}

// info returns all that stands behind the opening of a fence.
func (p *parser) info(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	return string(n.Info.Segment.Value(p.source))
}

// title returns a heading's text without its markup.
func (p *parser) title(n ast.Node) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(p.source))
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
