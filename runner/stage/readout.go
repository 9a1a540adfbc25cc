package stage

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// readout says what each lane was doing at the cursor, in room lines of at
// most width columns.
func (s Scene) readout(p Panel, room, width int) []string {
	if room < 1 {
		return nil
	}
	if s.Cursor >= p.At {
		return []string{fmt.Sprintf(" at %s the run was over", Seconds(s.Cursor))}
	}
	at := fmt.Sprintf(" at %s", Seconds(s.Cursor))
	switch {
	case len(p.Lanes) == 0:
		return []string{at + "   no lanes"}
	case len(p.Lanes) > room:
		return []string{at + ": " + s.count(p.Lanes)}
	}
	var lines []string
	for i, lane := range p.Lanes {
		head := at
		if i > 0 {
			head = strings.Repeat(" ", ansi.StringWidth(at))
		}
		head += "   " + lane.Name + "  "
		lines = append(lines, head+s.doing(p.Job.Source, lane, width-ansi.StringWidth(head)))
	}
	return lines
}

// count says how many lanes were doing what at the cursor.
func (s Scene) count(lanes []timeline.Lane) string {
	counts := map[string]int{}
	for _, lane := range lanes {
		if span, ok := lane.At(s.Cursor); ok {
			counts[doing(span)]++
		}
	}
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[what], what))
	}
	if parts == nil {
		return "nobody was there"
	}
	return strings.Join(parts, ", ")
}

// doing says what a lane was doing at the cursor, why, and where: at which
// line of the file, and that line as far as there is room for it.
func (s Scene) doing(source []byte, lane timeline.Lane, width int) string {
	span, ok := lane.At(s.Cursor)
	if !ok {
		switch n := lane.Len(); {
		case n == 0 || lane.Span(0).Start > s.Cursor:
			return "not started yet"
		case lane.Span(n-1).End <= s.Cursor:
			return "done"
		}
		return "not there"
	}
	text := doing(span)
	where := span.Where()
	if where == "" {
		return text
	}
	_, line, _ := strings.Cut(where, ":")
	code := codeAt(source, line)
	for _, whole := range []string{
		text + " at " + where + "   " + code,
		text + ", line " + line + "   " + code,
		cmp.Or(span.Reason(), text) + ", line " + line + "   " + code, // the bar tells the state
	} {
		if whole = strings.TrimRight(whole, " "); ansi.StringWidth(whole) <= width {
			return whole
		}
	}
	return ansi.Truncate("line "+line+"   "+code, width, "…")
}

// codeAt is the line of that number, without what it stands in by.
func codeAt(source []byte, number string) string {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return ""
	}
	for line := range bytes.Lines(source) {
		if n--; n == 0 {
			return terminal.Printable(string(bytes.TrimSpace(line)))
		}
	}
	return ""
}

// doing is a span's state, and why.
func doing(span timeline.Span) string {
	if span.Reason() == "" {
		return span.State.String()
	}
	return span.State.String() + ": " + span.Reason()
}
