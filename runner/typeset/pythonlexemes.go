package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pythonLexemes takes Python apart, be it correct or not. What stands in
// the braces of an f-string is code, the rest of it strings. A newline is
// one that ends a logical line; those in brackets, in strings and after a
// backslash do not.
func pythonLexemes(text string) []lexeme {
	s := &pythonScanner{text: text}
	for s.pos < len(s.text) {
		s.next()
	}
	return s.lexemes
}

type pythonScanner struct {
	text    string
	pos     int
	depth   int // of brackets
	lexemes []lexeme
}

// next reads one lexeme, or a string with all there is in it, or skips
// space. It always moves on.
func (s *pythonScanner) next() {
	start, rest := s.pos, s.rest()
	word := leadingName(rest)
	switch c := rest[0]; {
	case c == '\n':
		s.pos++
		if s.depth == 0 {
			s.add(kindNewline, start)
		}
	case strings.IndexByte(" \t\r\f", c) >= 0:
		s.pos++
	case c == '\\':
		s.pos += min(2, len(rest))
	case c == '#':
		s.pos += len(until(rest, "\n"))
		s.add(kindComment, start)
	case c == '"' || c == '\'':
		s.str(0)
	case isStringPrefix(word) && len(rest) > len(word) && strings.IndexByte(`"'`, rest[len(word)]) >= 0:
		s.str(len(word))
	case c == '@' && s.before() == "":
		s.decorator()
	case isDigit(c), c == '.' && len(rest) > 1 && isDigit(rest[1]):
		s.pos += numberLength(rest)
		s.add(kindNumber, start)
	case word != "":
		s.pos += len(word)
		s.add(s.wordKind(word), start)
	default:
		s.operator()
	}
}

func (s *pythonScanner) rest() string { return s.text[s.pos:] }

// add adds the lexeme from start to where the scanner is, unless it is
// empty.
func (s *pythonScanner) add(k kind, start int) {
	if start < s.pos {
		s.lexemes = append(s.lexemes, lexeme{k, start, s.pos})
	}
}

// before is the last lexeme so far, "" at the start of a logical line.
func (s *pythonScanner) before() string {
	if len(s.lexemes) == 0 {
		return ""
	}
	last := s.lexemes[len(s.lexemes)-1]
	if last.kind == kindNewline {
		return ""
	}
	return s.text[last.start:last.end]
}

// wordKind is the kind of a word that has just been read.
func (s *pythonScanner) wordKind(word string) kind {
	switch before := s.before(); {
	case before == ".":
		return kindName
	case before == "def", before == "class":
		return kindDeclared
	case word == "match", word == "case": // keywords only in their place
		rest := s.rest()
		if before == "" && strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, " =") {
			return kindKeyword
		}
		return kindName
	}
	return pythonKind(word)
}

// decorator reads a decorator without its arguments.
func (s *pythonScanner) decorator() {
	start := s.pos
	s.pos++
	for {
		s.pos += len(leadingName(s.rest()))
		if !strings.HasPrefix(s.rest(), ".") {
			break
		}
		s.pos++
	}
	s.add(kindDecorator, start)
}

// operator reads one character that belongs to nothing else.
func (s *pythonScanner) operator() {
	start := s.pos
	r, size := utf8.DecodeRuneInString(s.rest())
	s.pos += size
	switch r {
	case '(', '[', '{':
		s.depth++
	case ')', ']', '}':
		s.depth = max(0, s.depth-1)
	}
	s.add(kindOperator, start)
}

// str reads a string with a prefix of that length.
func (s *pythonScanner) str(prefix int) {
	start := s.pos
	formatted := strings.ContainsAny(s.text[start:start+prefix], "fFtT")
	s.pos += prefix
	quote := s.text[s.pos : s.pos+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s.rest(), triple) {
		quote = triple
	}
	s.pos += len(quote)
	for s.pos < len(s.text) && !s.endsLine(quote) {
		rest := s.rest()
		switch {
		case strings.HasPrefix(rest, quote):
			s.pos += len(quote)
			s.add(kindString, start)
			return
		case rest[0] == '\\' && len(rest) > 1:
			s.pos += 2
		case formatted && (strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}")):
			s.pos += 2
		case formatted && rest[0] == '{':
			s.pos++
			s.add(kindString, start)
			s.braces(quote)
			start = s.pos
		default:
			s.pos++
		}
	}
	s.add(kindString, start) // not closed: a mistake of the file's
}

// endsLine reports whether the line ends here, and with it a string in
// such quotes.
func (s *pythonScanner) endsLine(quote string) bool {
	return len(quote) == 1 && s.text[s.pos] == '\n'
}

// braces reads the expression in the braces of an f-string, up to the
// closing one, or to what says how it is written, as in {x!r} and {x:.1f}.
func (s *pythonScanner) braces(quote string) {
	outer := s.depth
	s.depth++
	for s.pos < len(s.text) && !s.endsLine(quote) {
		rest := s.rest()
		if strings.HasPrefix(rest, quote) { // not closed: let the string end
			break
		}
		if s.depth == outer+1 && strings.IndexByte("}:!", rest[0]) >= 0 && !strings.HasPrefix(rest, "!=") {
			break
		}
		s.next()
	}
	s.depth = outer
}

// isStringPrefix reports whether a word may stand before a string's quote.
func isStringPrefix(word string) bool {
	switch strings.ToLower(word) {
	case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt":
		return true
	}
	return false
}

// leadingName is the name that s begins with, or a number if it has no
// point.
func leadingName(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}); i >= 0 {
		return s[:i]
	}
	return s
}

// numberLength is how long the number is that s begins with.
func numberLength(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c), 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == '.':
		case (c == '+' || c == '-') && (s[i-1] == 'e' || s[i-1] == 'E') && !strings.HasPrefix(strings.ToLower(s), "0x"):
		default:
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// until is s up to the first end, or all of it.
func until(s, end string) string {
	before, _, _ := strings.Cut(s, end)
	return before
}

// pythonKind is the kind of a word by itself: of those that Python knows,
// the keywords and the builtin functions, types and constants.
func pythonKind(word string) kind {
	switch word {
	case "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
		"except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
		"or", "pass", "raise", "return", "try", "while", "with", "yield":
		return kindKeyword
	case "False", "None", "True", "Ellipsis", "NotImplemented", "self", "cls",
		"__import__", "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint", "bytearray",
		"bytes", "callable", "chr", "classmethod", "compile", "complex", "delattr", "dict", "dir", "divmod",
		"enumerate", "eval", "exec", "filter", "float", "format", "frozenset", "getattr", "globals", "hasattr",
		"hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len", "list",
		"locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print",
		"property", "range", "repr", "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod",
		"str", "sum", "super", "tuple", "type", "vars", "zip":
		return kindBuiltin
	}
	return kindName
}
