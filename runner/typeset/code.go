package typeset

import (
	"slices"
	"strings"
)

// Code is a function with whatever else of its file it uses, in the order
// of the file.
type Code []Piece

// A Piece is a top-level part of a program: a function, a type, a group of
// constants.
type Piece struct {
	// Name is unique in its file: a method's is Type.Name.
	Name string
	// Distance is 0 for the function that was asked for, 1 for what it uses
	// itself, 2 for what it does not.
	Distance int
	// Folded says that only a line of the piece is shown.
	Folded bool
	Line   int // in its file, counted from 1

	text, head string
	tight      bool // no empty line stands before it in its file
}

// foldMark stands before a line that stands for a piece.
const foldMark = "+ "

// headWidth is how wide the line of a folded piece may be, so that two of
// them stand beside each other in a window of 120 columns.
const headWidth = 54

// Rows is how many lines the piece has when it is not folded.
func (p Piece) Rows() int { return strings.Count(p.text, "\n") + 1 }

// Text is the piece as it stands in its file, with four spaces for a tab.
func (p Piece) Text() string { return p.text }

// Lane reports whether the piece is a lane of its own on a timeline: it opens
// a region, or is a coroutine.
func (p Piece) Lane() bool {
	return strings.Contains(p.text, "trace.StartRegion(") || strings.HasPrefix(p.head, "async def ")
}

// String is the code as text: pieces that follow each other line on line
// stay together, as do folded ones, others get one empty line between them.
func (c Code) String() string {
	var b strings.Builder
	for i, p := range c {
		if i > 0 {
			b.WriteString("\n")
			if folds := p.Folded && c[i-1].Folded; !folds && (!p.tight || p.Folded || c[i-1].Folded) {
				b.WriteString("\n")
			}
		}
		if p.Folded {
			b.WriteString(foldMark + p.head)
			continue
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// cutOut cuts the pieces that can be reached from start out of the source. what
// says of piece i where it is, what it is called, where in it its first line
// of code begins and where its signature ends, in bytes of the source.
func cutOut(source string, start, n int, uses func(int) []int, what func(i int) outline) Code {
	direct := map[int]bool{}
	for _, i := range uses(start) {
		direct[i] = true
	}
	var code Code
	last := -1
	for i, used := range reachable(start, n, uses) {
		if !used {
			continue
		}
		o := what(i)
		p := Piece{Name: o.name, Distance: 2, Line: strings.Count(source[:o.start], "\n") + 1, text: plainText(source[o.start:o.end]), head: head(source[o.code:o.head])}
		switch {
		case i == start:
			p.Distance = 0
		case direct[i]:
			p.Distance = 1
		}
		if last >= 0 {
			between := source[last:o.start]
			p.tight = strings.TrimSpace(between) == "" && strings.Count(between, "\n") <= 1
		}
		last = o.end
		code = append(code, p)
	}
	return code
}

// An outline is where a piece is in its file, in bytes.
type outline struct {
	block
	name       string
	code, head int // the signature: from its first line of code to before its body
}

// head is a signature in one line. Parameters that it has no room for are
// left out.
func head(signature string) string {
	line := strings.Join(strings.Fields(signature), " ")
	line = strings.NewReplacer("( ", "(", ", )", ")", ",)", ")").Replace(line)
	if len(line) <= headWidth {
		return line
	}
	open := strings.Index(line, "(")
	if strings.HasPrefix(line, "func (") { // a receiver
		receiver := strings.Index(line, ")") + 1
		if more := strings.Index(line[receiver:], "("); more >= 0 {
			open = receiver + more
		}
	}
	if open >= 0 {
		depth := 0
		for i := open; i < len(line); i++ {
			switch line[i] {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 {
				line = line[:open] + "(...)" + line[i+1:]
				break
			}
		}
	}
	if len(line) > headWidth {
		line = line[:headWidth-4] + " ..."
	}
	return line
}

// plainText is code as it is shown: with \n alone and four spaces for a tab.
func plainText(code string) string {
	return strings.ReplaceAll(strings.ReplaceAll(code, "\r", ""), "\t", "    ")
}

// Folded reports whether a piece of the code is folded.
func (c Code) Folded() bool {
	return slices.ContainsFunc(c, func(p Piece) bool { return p.Folded })
}

// A block is a stretch of a file, from start to before end, in bytes.
type block struct{ start, end int }

// reachable says for each of n things whether it can be reached from
// start by way of uses.
func reachable(start, n int, uses func(int) []int) []bool {
	seen := make([]bool, n)
	todo := []int{start}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		todo = append(todo, uses(i)...)
	}
	return seen
}
