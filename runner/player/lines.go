package player

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/terminal"
)

// printedBy is the output with no line later than the end of its run: what
// arrives after it was under way.
func printedBy(output []Line, end time.Duration) []Line {
	output = slices.Clone(output)
	for i := len(output) - 1; i >= 0 && output[i].At > end; i-- {
		output[i].At = end
	}
	return output
}

// ReadLines calls handle for each line, as show shows it, until r ends. Of a
// line far longer than maxLine characters only the beginning is read; one
// without an end counts when r ends.
func ReadLines(r io.Reader, show func(string) string, handle func(string)) {
	br := bufio.NewReaderSize(r, maxLine*utf8.UTFMax)
	for {
		line, err := br.ReadSlice('\n')
		text := string(line)
		for err == bufio.ErrBufferFull { // too long: the rest is left out
			_, err = br.ReadSlice('\n')
		}
		if text != "" {
			handle(show(strings.TrimRight(text, "\r\n")))
		}
		if err != nil {
			return
		}
	}
}

// printable is text that can be shown, cut at maxLine characters.
func printable(text string) string {
	return ansi.Truncate(terminal.Printable(text), maxLine, "…")
}

// Printable is a line that a program prints as it can be shown, cut where it is
// very long.
func Printable(line string) string { return printable(line) }
