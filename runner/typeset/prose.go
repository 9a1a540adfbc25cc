package typeset

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"charm.land/glamour/v2"
)

// measure is how wide prose is at most: longer lines read badly.
const measure = 76

// A Renderer sets Markdown. Glamour takes a while to get ready, so a
// Renderer keeps what it has built. It may be used by several goroutines;
// they wait for each other.
type Renderer struct {
	colour bool
	bullet *regexp.Regexp

	mu     sync.Mutex
	widths map[int]*glamour.TermRenderer
}

// New is a Renderer with or without colours and other styles. It is cheap:
// glamour is called on at the first Prose.
func New(colour bool) *Renderer {
	return &Renderer{
		colour: colour,
		bullet: regexp.MustCompile(`^ *(• |\d+\. |│ )?`),
		widths: map[int]*glamour.TermRenderer{},
	}
}

// Prose sets Markdown in lines of at most width columns, and of at most
// 76 however wide the page is. There is no margin, no blank line at the
// start or the end, and no trailing space. Text is broken at its spaces,
// and only a word longer than a line elsewhere; a line of a fenced block
// is never broken, but cut, and ends in '…'.
//
// Without colour headings keep their #, and code in a line its backquotes.
func (r *Renderer) Prose(markdown string, width int) ([]string, error) {
	width = min(width, measure)
	if width < 1 {
		return nil, nil
	}
	var lines []string
	for _, p := range parts(markdown) {
		var set [][]cell
		var err error
		switch p.kind {
		case fence:
			set = r.fence(p)
		case table:
			set, err = r.table(p.text, width)
		default:
			set, err = r.text(p.text, width)
		}
		if err != nil {
			return nil, fmt.Errorf("set prose: %w", err)
		}
		lines = append(lines, "")
		for _, line := range set {
			lines = append(lines, render(cut(line, width)))
		}
	}
	return squeeze(lines), nil
}

// text sets paragraphs, headings and lists. Glamour would break lines
// within words such as time.Sleep, and begin the second line of an item
// under its bullet, so it sets them on one line each, broken here.
func (r *Renderer) text(markdown string, width int) ([][]cell, error) {
	lines, err := r.glamour(markdown, 0)
	var set [][]cell
	for _, line := range lines {
		bullet := r.bullet.FindString(textOf(line))
		indent := make([]cell, len([]rune(bullet)))
		for i := range indent {
			indent[i] = cell{text: " ", width: 1}
			if line[i].text == "│" {
				indent[i] = line[i]
			}
		}
		set = append(set, wrap(line, indent, width)...)
	}
	return set, err
}

// table sets a table, as wide as it is or else as the page.
func (r *Renderer) table(markdown string, width int) ([][]cell, error) {
	lines, err := r.glamour(markdown, 0)
	for _, line := range lines {
		if err == nil && widthOf(line) > width {
			return r.glamour(markdown, width)
		}
	}
	return lines, err
}

// fence sets a fenced block: as it is, indented.
func (r *Renderer) fence(p part) [][]cell {
	code := strings.ReplaceAll(p.text, "\t", "    ")
	if p.language != "text" && p.language != "console" && p.language != "" {
		code = Highlight(code, p.language, r.colour)
	}
	var set [][]cell
	var style string
	for line := range strings.SplitSeq(code, "\n") {
		set = append(set, cells("    "+line, &style))
	}
	return set
}

// glamour sets Markdown in lines of that width, 0 for lines as long as
// they are, without the spaces that it puts around them.
func (r *Renderer) glamour(markdown string, width int) ([][]cell, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	renderer := r.widths[width]
	if renderer == nil {
		var err error
		renderer, err = glamour.NewTermRenderer(
			glamour.WithStyles(proseStyle(r.colour)),
			glamour.WithWordWrap(width),
			glamour.WithTableWrap(true),
			glamour.WithPreservedNewLines(), // parts has joined the others
		)
		if err != nil {
			return nil, err
		}
		r.widths[width] = renderer
	}
	text, err := renderer.Render(markdown)
	var lines [][]cell
	var style string
	for line := range strings.SplitSeq(text, "\n") {
		set := cells(line, &style)
		for i := range set {
			if !r.colour {
				set[i].style = ""
			}
		}
		for len(set) > 0 && set[len(set)-1].text == " " {
			set = set[:len(set)-1]
		}
		lines = append(lines, set)
	}
	return lines, err
}

// squeeze leaves out blank lines at the start, at the end, and after
// another one.
func squeeze(lines []string) []string {
	var result []string
	for _, line := range lines {
		if line == "" && (len(result) == 0 || result[len(result)-1] == "") {
			continue
		}
		result = append(result, line)
	}
	if n := len(result); n > 0 && result[n-1] == "" {
		result = result[:n-1]
	}
	return result
}
