package player

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
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

// readLines calls handle for each line until r ends. Lines are made
// printable and cut at maxLine characters; a line without an end counts
// when r ends.
func readLines(r io.Reader, handle func(string)) {
	br := bufio.NewReaderSize(r, maxLine*utf8.UTFMax)
	for {
		line, err := br.ReadSlice('\n')
		text := string(line)
		for err == bufio.ErrBufferFull { // too long: the rest is left out
			_, err = br.ReadSlice('\n')
		}
		if text != "" {
			handle(printable(strings.TrimRight(text, "\r\n")))
		}
		if err != nil {
			return
		}
	}
}

// printable is text without escape sequences and control characters, so
// that nothing in it can move the cursor or change a colour.
func printable(text string) string {
	text = strings.ReplaceAll(text, "\t", "    ")
	text = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, ansi.Strip(strings.ToValidUTF8(text, "\uFFFD")))
	return ansi.Truncate(text, maxLine, "…")
}
