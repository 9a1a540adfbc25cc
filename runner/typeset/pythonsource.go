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
func Python(source []byte, fn string) (string, error) {
	text := strings.ReplaceAll(string(source), "\r\n", "\n")
	statements := pythonStatements(text)
	start := slices.IndexFunc(statements, func(s statement) bool {
		return s.function && slices.Contains(s.defines, fn)
	})
	if start < 0 {
		return "", fmt.Errorf("no function %s in this Python file", fn)
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
	var kept []block
	for i, used := range reachable(start, len(statements), uses) {
		if used {
			kept = append(kept, statements[i].block)
		}
	}
	return join(text, kept), nil
}

// A statement is a top-level statement of a Python file with all that is
// indented below it.
type statement struct {
	block
	function bool     // a def or async def
	defines  []string // the names that it gives a meaning to
	names    []string // the names that stand in its code
}

// pythonStatements are the top-level statements of a file. A decorator or
// a comment right above a statement belongs to it.
func pythonStatements(text string) []statement {
	var statements []statement
	above := -1 // where the decorators and comments above the next statement begin
	decorators := []string(nil)
	for _, l := range pythonLines(text) {
		indented := text[l.start] == ' ' || text[l.start] == '\t'
		switch {
		case l.blank:
			if decorators == nil {
				above = -1
			}
		case indented:
			above = -1 // a comment there was inside the statement
			if len(statements) > 0 {
				last := &statements[len(statements)-1]
				last.end = l.end
				last.names = append(last.names, l.names()...)
			}
		case l.comment:
			if above < 0 {
				above = l.start
			}
		case l.words[0].text == "@":
			if above < 0 {
				above = l.start
			}
			decorators = append(decorators, l.names()...)
		default:
			start := l.start
			if above >= 0 {
				start = above
			}
			s := statement{block: block{start, l.end}, names: append(decorators, l.names()...)}
			s.defines, s.function = l.defines()
			statements = append(statements, s)
			above, decorators = -1, nil
		}
	}
	return statements
}

// blockKeywords are the words that a colon follows as it does the name in
// NAME: TYPE.
var blockKeywords = []string{"try", "else", "finally"}

// defines are the names that a top-level line gives a meaning to.
func (l pythonLine) defines() (names []string, function bool) {
	words := l.words
	if words[0].text == "async" && len(words) > 1 {
		words = words[1:]
	}
	switch {
	case words[0].text == "def" && len(words) > 1:
		return []string{words[1].text}, true
	case words[0].text == "class" && len(words) > 1:
		return []string{words[1].text}, false
	case words[0].text == "type" && len(words) > 1 && words[1].name:
		return []string{words[1].text}, false
	case !words[0].name && words[0].text != "(":
		return nil, false
	}
	// NAME = …, NAME: TYPE = …, A, B = … and A = B = …
	var targets []string
	for i, w := range words {
		next := word{}
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case w.name && next.name, w.text == "=" && next.text == "=":
			return names, false // a keyword, or a comparison
		case w.text == "=" && w.depth == 0:
			names, targets = append(names, targets...), nil
		case w.text == ":" && w.depth == 0:
			if i == 1 && !slices.Contains(blockKeywords, words[0].text) {
				return []string{words[0].text}, false
			}
			return nil, false
		case w.name:
			targets = append(targets, w.text)
		case w.text != "," && w.text != "(" && w.text != ")":
			return names, false
		}
	}
	return names, false
}

// names are the names in a line that may stand for something top-level.
func (l pythonLine) names() []string {
	var names []string
	for i, w := range l.words {
		if w.name && (i == 0 || l.words[i-1].text != ".") {
			names = append(names, w.text)
		}
	}
	return names
}
