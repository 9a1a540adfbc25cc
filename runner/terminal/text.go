package terminal

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Printable is text as it may be shown: in one line, and without anything
// that a terminal would obey. Escape sequences and control characters are
// left out, a tab becomes four spaces, other white space such as a newline
// becomes one, and what is not UTF-8 becomes U+FFFD. All text that others
// had a say in, such as a path, a program's output or a page, goes through
// it before it is shown or kept.
func Printable(text string) string {
	text = strings.ReplaceAll(text, "\t", "    ")
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, ansi.Strip(strings.ToValidUTF8(text, "\uFFFD")))
}

// Wrap sets text in lines of at most width columns, each behind indent
// spaces. There is room for ten columns of text however narrow that is.
func Wrap(text string, indent, width int) []string {
	lines := strings.Split(ansi.Wordwrap(text, max(width-indent, 10), ""), "\n")
	for i := range lines {
		lines[i] = strings.Repeat(" ", indent) + lines[i]
	}
	return lines
}
