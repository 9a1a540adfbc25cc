package content

import (
	"bytes"
	"sort"
	"strings"
)

// lines finds the lines of a source, counted from 1. What follows the last
// newline counts as a line if it is not empty.
type lines struct {
	source []byte
	starts []int // the offset of each line
}

func newLines(source []byte) lines {
	l := lines{source: source}
	for start := 0; start < len(source); {
		l.starts = append(l.starts, start)
		end := bytes.IndexByte(source[start:], '\n')
		if end < 0 {
			break
		}
		start += end + 1
	}
	return l
}

func (l lines) count() int { return len(l.starts) }

// at returns the line that holds an offset.
func (l lines) at(offset int) int {
	return max(1, sort.SearchInts(l.starts, offset+1))
}

// start returns the offset of a line; the length of the source for the line
// after the last.
func (l lines) start(n int) int {
	if n > len(l.starts) {
		return len(l.source)
	}
	return l.starts[n-1]
}

// text returns the lines from first to last without the newline at the end.
func (l lines) text(first, last int) string {
	return strings.TrimSuffix(string(l.source[l.start(first):l.start(last+1)]), "\n")
}

func (l lines) blank(n int) bool { return strings.TrimSpace(l.text(n, n)) == "" }
