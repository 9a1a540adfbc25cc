package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pythonLine is a logical line: a line with those that continue it, be
// it in brackets, in a string of several lines or after a backslash.
type pythonLine struct {
	block          // without the newline at the end
	blank, comment bool
	words          []word
}

// A word is a name or one other character of code.
type word struct {
	text  string
	name  bool
	depth int // how many brackets are open around it
}

// pythonLines are the logical lines of a file.
func pythonLines(text string) []pythonLine {
	s := &pythonScanner{text: text}
	var lines []pythonLine
	for s.pos < len(s.text) {
		lines = append(lines, s.line())
	}
	return lines
}

type pythonScanner struct {
	text  string
	pos   int
	words []word
	depth int
}

// line reads one logical line. It always moves on.
func (s *pythonScanner) line() pythonLine {
	start := s.pos
	s.words, s.depth = nil, 0
	comment := false
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c == '\n' && s.depth == 0 {
			break
		}
		switch {
		case c == '#':
			comment = true
			s.pos += len(until(s.text[s.pos:], "\n"))
		case c == '\\' && s.pos+1 < len(s.text):
			s.pos += 2
		case c == '"' || c == '\'':
			s.str("")
		default:
			s.code()
		}
	}
	l := pythonLine{block: block{start, s.pos}, words: s.words}
	if s.pos < len(s.text) {
		s.pos++ // the newline
	}
	if len(s.words) == 0 {
		l.comment = comment
		l.blank = !comment
		if l.blank {
			l.end = l.start
			return l
		}
	}
	l.end = l.start + len(strings.TrimRight(s.text[l.start:l.end], " \t\n"))
	return l
}

// code reads a name, with the string that it may be the prefix of, or one
// other character.
func (s *pythonScanner) code() {
	rest := s.text[s.pos:]
	name := rest
	if i := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}); i >= 0 {
		name = rest[:i]
	}
	if name != "" {
		s.pos += len(name)
		if s.pos < len(s.text) && (s.text[s.pos] == '"' || s.text[s.pos] == '\'') && len(name) <= 2 {
			s.str(strings.ToLower(name))
			return
		}
		isName := !unicode.IsDigit(rune(name[0]))
		s.words = append(s.words, word{name, isName, s.depth})
		return
	}
	r, size := utf8.DecodeRuneInString(rest)
	s.pos += size
	switch r {
	case ' ', '\t', '\n', '\r', '\f':
		return
	case ')', ']', '}':
		s.depth = max(0, s.depth-1)
	}
	s.words = append(s.words, word{rest[:size], false, s.depth})
	switch r {
	case '(', '[', '{':
		s.depth++
	}
}

// str reads a string with the given prefix. What stands in the braces of
// an f-string is read as code; the rest counts as one word.
func (s *pythonScanner) str(prefix string) {
	quote := s.text[s.pos : s.pos+1]
	if strings.HasPrefix(s.text[s.pos:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	formatted := strings.ContainsAny(prefix, "ft")
	s.words = append(s.words, word{`""`, false, s.depth})
	s.pos += len(quote)
	for s.pos < len(s.text) {
		rest := s.text[s.pos:]
		switch {
		case strings.HasPrefix(rest, quote):
			s.pos += len(quote)
			return
		case rest[0] == '\n' && len(quote) == 1: // not closed: a mistake of the file's
			return
		case rest[0] == '\\' && len(rest) > 1:
			s.pos += 2
		case formatted && (strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}")):
			s.pos += 2
		case formatted && rest[0] == '{':
			s.braces(quote)
		default:
			s.pos++
		}
	}
}

// braces reads the expression in the braces of an f-string.
func (s *pythonScanner) braces(quote string) {
	outer := s.depth
	for s.pos < len(s.text) {
		rest := s.text[s.pos:]
		switch {
		case rest[0] == '\n' && len(quote) == 1, strings.HasPrefix(rest, quote):
			s.depth = outer
			return // not closed: let the string end
		case rest[0] == '"' || rest[0] == '\'':
			s.str("")
		default:
			s.code()
		}
		if s.depth == outer {
			return
		}
	}
}

// until is s up to the first end, or all of it.
func until(s, end string) string {
	before, _, _ := strings.Cut(s, end)
	return before
}
