package typeset

import (
	"fmt"
	"slices"
	"strings"
)

// Python is the function fn of a Python file, with its decorators and the
// comment above it, together with the top-level functions, classes and
// constants of that file that it names, directly or by way of those. They
// come in the order of the file and in its words, tabs become four
// spaces. Between two of them is one blank line, or none where the file
// has none. Imports and everything else are left out.
//
// A name counts wherever it stands in code, also in the braces of an
// f-string, but not in other strings, in comments or after a dot: without
// a parser, too much is shown rather than too little. It is an error if
// the file has no top-level def or async def fn.
func Python(source []byte, fn string) (Code, error) {
	text := strings.ReplaceAll(string(source), "\r\n", "\n")
	statements := pythonStatements(text)
	start := slices.IndexFunc(statements, func(s statement) bool {
		return s.function && slices.Contains(s.defines, fn)
	})
	if start < 0 {
		return nil, fmt.Errorf("no function %s in this Python file", fn)
	}
	defined := map[string][]int{}
	for i, s := range statements {
		for _, name := range s.defines {
			defined[name] = append(defined[name], i)
		}
	}
	uses := func(i int) []int {
		var used []int
		for _, name := range statements[i].names {
			used = append(used, defined[name]...)
		}
		return used
	}
	return cutOut(text, start, len(statements), uses, func(i int) outline {
		s := statements[i]
		return outline{s.block, strings.Join(s.defines, ", "), s.code, s.head}
	}), nil
}

// A statement is a top-level statement of a Python file with all that is
// indented below it.
type statement struct {
	block
	code, head int      // its first line of code, without the colon at its end
	function   bool     // a def or async def
	defines    []string // the names that it gives a meaning to
	names      []string // the names that stand in its code
}

// pythonStatements are the top-level statements of a file. A decorator or
// a comment right above a statement belongs to it.
func pythonStatements(text string) []statement {
	var statements []statement
	above := -1 // where the decorators and comments above the next statement begin
	decorators := []string(nil)
	for _, l := range pythonLines(text) {
		switch {
		case len(l.lexemes) == 0:
			if decorators == nil {
				above = -1
			}
		case text[l.start] == ' ' || text[l.start] == '\t':
			above = -1 // a comment there was inside the statement
			if len(statements) > 0 {
				last := &statements[len(statements)-1]
				last.end = l.end
				last.names = append(last.names, l.names()...)
			}
		case l.lexemes[0].kind == kindComment:
			if above < 0 {
				above = l.start
			}
		case l.lexemes[0].kind == kindDecorator:
			if above < 0 {
				above = l.start
			}
			decorators = append(decorators, l.names()...)
		default:
			start := l.start
			if above >= 0 {
				start = above
			}
			s := statement{block: block{start, l.end}, code: l.start, names: append(decorators, l.names()...)}
			s.head = l.start + len(strings.TrimSuffix(text[l.start:l.codeEnd()], ":"))
			s.defines, s.function = l.defines()
			statements = append(statements, s)
			above, decorators = -1, nil
		}
	}
	return statements
}

// A pythonLine is a logical line: a line with those that continue it, be
// it in brackets, in a string of several lines or after a backslash. It
// ends with its last lexeme.
type pythonLine struct {
	block
	text    string // the whole file
	lexemes []lexeme
}

// pythonLines are the logical lines of a file.
func pythonLines(text string) []pythonLine {
	lines := []pythonLine{{text: text}}
	for _, l := range pythonLexemes(text) {
		last := &lines[len(lines)-1]
		if l.kind == kindNewline {
			lines = append(lines, pythonLine{text: text, block: block{l.end, l.end}})
			continue
		}
		last.end, last.lexemes = l.end, append(last.lexemes, l)
	}
	return lines
}

// codeEnd is where the line ends, without a comment behind it.
func (l pythonLine) codeEnd() int {
	last := l.lexemes[len(l.lexemes)-1]
	if last.kind == kindComment && len(l.lexemes) > 1 {
		last = l.lexemes[len(l.lexemes)-2]
	}
	return last.end
}

// word is the lexeme of that index, "" if there is none.
func (l pythonLine) word(i int) string {
	if i >= len(l.lexemes) {
		return ""
	}
	return l.text[l.lexemes[i].start:l.lexemes[i].end]
}

// isName reports whether the lexeme of that index is a name.
func (l pythonLine) isName(i int) bool {
	if i >= len(l.lexemes) {
		return false
	}
	k := l.lexemes[i].kind
	return k == kindName || k == kindBuiltin || k == kindDeclared
}

// defines are the names that a top-level line gives a meaning to.
func (l pythonLine) defines() (names []string, function bool) {
	first := 0
	if l.word(0) == "async" {
		first = 1
	}
	switch l.word(first) {
	case "def", "class":
		return []string{l.word(first + 1)}, l.word(first) == "def"
	case "type":
		if l.isName(first + 1) {
			return []string{l.word(first + 1)}, false
		}
	}
	return l.assigns(), false
}

// assigns are the names that a line gives a value or a type, as in NAME =
// …, NAME: TYPE = …, A, B = … and A = B = ….
func (l pythonLine) assigns() []string {
	if l.isName(0) && l.word(1) == ":" {
		return []string{l.word(0)}
	}
	var names, targets []string
	depth := 0
	for i := range l.lexemes {
		switch word := l.word(i); {
		case l.isName(i) && !l.isName(i+1):
			targets = append(targets, word)
		case word == "=" && depth == 0 && l.word(i+1) != "=":
			names, targets = append(names, targets...), nil
		case word == "(":
			depth++
		case word == ")":
			depth--
		case word != ",":
			return names // not a target
		}
	}
	return names
}

// names are the names in a line that may stand for something top-level.
func (l pythonLine) names() []string {
	var names []string
	for i := range l.lexemes {
		switch {
		case l.lexemes[i].kind == kindDecorator:
			names = append(names, until(l.word(i)[1:], "."))
		case l.isName(i) && (i == 0 || l.word(i-1) != "."):
			names = append(names, l.word(i))
		}
	}
	return names
}
