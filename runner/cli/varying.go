package cli

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gosyncio/runner/player"
)

// varying are the lines of output that came once in every round, apart from
// the figures in them.
type varying struct {
	rounds int
	forms  []*form // in the order of the first round
}

// A form is such a line.
type form struct {
	pattern  string // the line with blank for each figure
	min, max []figure
}

// blank is in no line of output, for it is not printable.
const blank = "\x00"

// A figure is a number as it is written.
type figure struct {
	value float64
	text  string
}

// figures finds the numbers in a line.
var figures = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d+(\.\d+)?`) })

// add takes in the output of a round. It keeps no more than the first had.
func (v *varying) add(output []player.Line) {
	v.rounds++
	lines := make(map[string][]string) // by their patterns
	var order []string
	for _, line := range output {
		pattern := figures().ReplaceAllString(line.Text, blank)
		lines[pattern] = append(lines[pattern], line.Text)
		order = append(order, pattern)
	}
	if v.rounds == 1 {
		for _, pattern := range order {
			if len(lines[pattern]) == 1 {
				found := figuresIn(lines[pattern][0])
				v.forms = append(v.forms, &form{pattern, found, slices.Clone(found)})
			}
		}
		return
	}
	kept := v.forms[:0]
	for _, f := range v.forms {
		if len(lines[f.pattern]) == 1 {
			f.widen(figuresIn(lines[f.pattern][0]))
			kept = append(kept, f)
		}
	}
	clear(v.forms[len(kept):])
	v.forms = kept
}

func figuresIn(line string) []figure {
	var found []figure
	for _, text := range figures().FindAllString(line, -1) {
		value, _ := strconv.ParseFloat(text, 64) // out of range is infinite, which will do
		found = append(found, figure{value, text})
	}
	return found
}

func (f *form) widen(found []figure) {
	for i, n := range found {
		if n.value < f.min[i].value {
			f.min[i] = n
		}
		if n.value > f.max[i].value {
			f.max[i] = n
		}
	}
}

// text are the lines that were not always the same: "2..20 of 100".
func (v *varying) text() []string {
	var lines []string
	for _, f := range v.forms {
		varied := false
		var line strings.Builder
		for i, part := range strings.Split(f.pattern, blank) {
			line.WriteString(part)
			if i == len(f.min) {
				break
			}
			line.WriteString(f.min[i].text)
			if f.min[i].value != f.max[i].value {
				varied = true
				line.WriteString(".." + f.max[i].text)
			}
		}
		if varied {
			lines = append(lines, line.String())
		}
	}
	return lines
}
