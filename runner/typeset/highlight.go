package typeset

import "strings"

// A kind is what a lexeme is to the eye.
type kind int

const (
	kindName kind = iota
	kindOperator
	kindComment
	kindString
	kindNumber
	kindKeyword
	kindBuiltin   // a name that the language itself gives a meaning to
	kindDecorator // of Python
	kindDeclared  // the name of a function or a class, where it is defined
	kindNewline   // the end of a logical line of Python
)

// A lexeme is a stretch of code of one kind, from start to before end, in
// bytes. What stands between two of them is space.
type lexeme struct {
	kind       kind
	start, end int
}

// highlight sets a program in lines, with tabs as four spaces, in the
// colours of its language, "go" or "python". Other languages have none.
func highlight(source, language string) [][]cell {
	source = strings.ReplaceAll(source, "\t", "    ")
	var lexemes []lexeme
	switch language {
	case "go":
		lexemes = goLexemes(source)
	case "python":
		lexemes = pythonLexemes(source)
	}
	lines := [][]cell{nil}
	add := func(text, style string) {
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			last := &lines[len(lines)-1]
			*last = append(*last, cells(part, style)...)
		}
	}
	end := 0
	for _, l := range lexemes {
		add(source[end:l.start], "")
		add(source[l.start:l.end], l.kind.style())
		end = l.end
	}
	add(source[end:], "")
	return lines
}
