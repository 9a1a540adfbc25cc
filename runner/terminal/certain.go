package terminal

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
)

// WideVariable, set to 1 or 0 in the environment, says whether the terminal
// draws characters of ambiguous width two columns wide. It is the variable
// that other programs in Go go by.
const WideVariable = "RUNEWIDTH_EASTASIAN"

// Ambiguous reports whether the terminal may draw two columns wide what is
// one column wide elsewhere: box drawing, blocks, arrows, an ellipsis. That is
// so where Chinese, Japanese or Korean is written, unless WideVariable says
// otherwise.
func (s Streams) Ambiguous() bool {
	switch s.Environ.Get(WideVariable) {
	case "1":
		return true
	case "0":
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := s.Environ.Get(name); locale != "" {
			language, _, _ := strings.Cut(locale, "_")
			language, _, _ = strings.Cut(language, ".")
			return language == "ja" || language == "ko" || language == "zh"
		}
	}
	return false
}

// Shown is text as the terminal can show it: what may take two columns is
// replaced by something that takes one on every terminal, if it is one of
// those that are Ambiguous.
func (s Streams) Shown(text string) string {
	if !s.Ambiguous() {
		return text
	}
	return Certain(text)
}

// Certain is text without characters of ambiguous width. Each is replaced by
// one of one column, so that whatever was aligned still is, and those that tell
// states apart still do.
func Certain(text string) string {
	wide := runewidth.Condition{EastAsianWidth: true}
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		switch columns := ansi.StringWidth(string(r)); {
		case columns >= wide.RuneWidth(r):
			return r
		case columns == 0: // a mark on the character before
			return -1
		}
		return certain(r)
	}, text)
}

// certain stands for a character of ambiguous width.
func certain(r rune) rune {
	switch r {
	case '▒':
		return '%'
	case '▄':
		return '='
	case '▀':
		return '@'
	case '▏', '▎', '▍', '│', '┃', '║', '¦':
		return '|'
	case '─', '━', '╌', '┄', '—', '–', '―', '·':
		return '-'
	case '◆', '◇', '▲', '△':
		return '^'
	case '•', '●', '○', '▪', '▫', '※':
		return '*'
	case '▶', '▷', '→', '»':
		return '>'
	case '◀', '◁', '←', '«':
		return '<'
	case '↑':
		return '^'
	case '↓', '▼', '▽':
		return 'v'
	case '×':
		return 'x'
	case '…':
		return '~'
	case '“', '”':
		return '"'
	case '‘', '’', '´':
		return '\''
	}
	switch {
	case '▁' <= r && r <= '▃':
		return '_'
	case 0x2580 <= r && r <= 0x259f: // blocks
		return '#'
	case 0x2500 <= r && r <= 0x257f: // boxes
		return '+'
	}
	return '?'
}

// ShownWriter writes to the terminal what it can show.
func (s Streams) ShownWriter(w io.Writer) io.Writer {
	if !s.Ambiguous() {
		return w
	}
	return certainWriter{w}
}

// A certainWriter writes text without characters of ambiguous width.
type certainWriter struct{ io.Writer }

func (w certainWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, Certain(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
