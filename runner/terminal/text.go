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

// Keys sets keys with what they do in lines of at most width columns.
func Keys(keys [][2]string, width int) []string {
	widest := 0
	for _, k := range keys {
		widest = max(widest, ansi.StringWidth(k[0]))
	}
	var lines []string
	for _, k := range keys {
		lines = append(lines, Hanging(k[0], k[1], widest+3, width)...)
	}
	return lines
}

// Hanging sets text in lines of at most width columns behind indent spaces,
// with the label in those of the first line. A label that is too long for that
// has a line of its own.
func Hanging(label, text string, indent, width int) []string {
	lines := Wrap(text, indent, width)
	if room := indent - 1; ansi.StringWidth(label) > room {
		return append([]string{label}, lines...)
	}
	lines[0] = label + lines[0][ansi.StringWidth(label):]
	return lines
}
