package terminal

import (
	"errors"
	"strings"
	"unicode"

	"gosyncio/runner/fault"

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

// Problem is an error in lines: what went wrong, and what to do next.
func Problem(err error, style Style, width int) []string {
	lines := Wrap(style.Bad(Printable(err.Error())), 0, width)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Next != "" {
		lines = append(lines, Wrap(Printable(f.Next), 0, width)...)
	}
	return lines
}

// Indented are lines that begin with so many spaces more.
func Indented(lines []string, margin int) []string {
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", margin) + line
	}
	return lines
}

// KeysEverywhere say what the keys do that hold whatever is on the screen.
func KeysEverywhere() [][2]string {
	return [][2]string{
		{"ctrl+l", "draws the screen anew"},
		{"ctrl+z", "stops the program; the shell's fg brings it back"},
		{"ctrl+c", "quits at once"},
	}
}
