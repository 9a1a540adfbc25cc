package stage

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gosyncio/runner/timeline"
)

// readout says what each lane was doing at the cursor, in room lines.
func (s Scene) readout(p Panel, room int) []string {
	if room < 1 {
		return nil
	}
	if s.Cursor >= p.At {
		return []string{fmt.Sprintf(" at %s the run was over", Seconds(s.Cursor))}
	}
	at := fmt.Sprintf(" at %s", Seconds(s.Cursor))
	lines := []string{at}
	p.Timeline.View(func(lanes []*timeline.Lane) {
		if len(lanes) <= room {
			for i, lane := range lanes {
				if i > 0 {
					lines = append(lines, strings.Repeat(" ", utf8.RuneCountInString(at)))
				}
				lines[i] += "   " + lane.Name + "  " + s.doing(lane)
			}
			return
		}
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
			parts = []string{"nobody was there"}
		}
		lines = []string{at + ": " + strings.Join(parts, ", ")}
	})
	return lines
}

// doing says what a lane was doing at the cursor, and why.
func (s Scene) doing(lane *timeline.Lane) string {
	span, ok := lane.At(s.Cursor)
	if !ok {
		switch n := len(lane.Spans); {
		case n == 0 || lane.Spans[0].Start > s.Cursor:
			return "not yet there"
		case lane.Spans[n-1].End <= s.Cursor:
			return "done"
		}
		return "in between"
	}
	text := doing(span)
	if span.Where() != "" {
		text += " at " + span.Where()
	}
	return text
}

// doing is a span's state, and why.
func doing(span timeline.Span) string {
	if span.Reason() == "" {
		return span.State.String()
	}
	return span.State.String() + ": " + span.Reason()
}
