package watch

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// below is what stands under the lanes: the output, or what there is to say of
// a lane.
func (m *Model) below(end time.Duration, room int) []string {
	const rule = 1 // line
	spare := room - m.leastPanels() - rule
	most := min(max(room/3, 3), spare)
	switch m.pane {
	case helpPane:
		return m.scrolls("keys", m.helpLines(), room-rule)
	case foundPane:
		const readable = 3
		if spare < readable { // it is what was asked for
			spare = room - rule
		}
		return m.scrolls("found", m.foundLines(), spare)
	case lanePane:
		if selected, ok := m.selection(); ok && !selected.fold {
			if status := m.shown[m.run].status; status.Phase == player.Ended {
				end = min(end, status.Elapsed) // the other program may go on
			}
			return append([]string{m.rule(selected.name)}, fit(m.detail(selected.lanes[0], end), min(most+4, spare))...)
		}
	}
	if !m.programs.HasOutput || spare < 1 {
		return nil
	}
	if m.tall {
		most = min(max(room-8, 3), spare)
	}
	lines := m.outputLines(m.width)
	m.back = min(m.back, max(len(lines)-most, 0))
	last := len(lines) - m.back
	return append([]string{m.rule("output")}, lines[max(last-most, 0):last]...)
}

// leastPanels is how many lines the runs take at least: each a lane.
func (m *Model) leastPanels() int {
	const least = 4 // with the title, the axis, and a line between
	if m.sideBySide() {
		return least
	}
	return least * len(m.programs.Runs)
}

// scrolls are lines below a title, in room lines: if there is more than that, as
// far as they have been scrolled.
func (m *Model) scrolls(title string, lines []string, room int) []string {
	room = max(room, 1)
	if len(lines) > room {
		title += ", [ and ] scroll"
	}
	m.top = min(m.top, max(len(lines)-room, 0))
	return append([]string{m.rule(title)}, fit(lines[m.top:], room)...)
}

// foundLines are what looks wrong, each with the reason.
func (m *Model) foundLines() (lines []string) {
	for _, r := range m.programs.Runs {
		for _, f := range r.Findings() {
			for _, line := range terminal.Wrap(f.Message, 1, max(m.width-1, 20)) {
				lines = append(lines, m.palette.Warning(line))
			}
			for _, line := range terminal.Wrap(f.Why, 3, max(m.width-1, 20)) {
				lines = append(lines, m.palette.Faint(line))
			}
		}
	}
	if lines != nil {
		return lines
	}
	for _, r := range m.programs.Runs {
		if status := r.Status(); status.Phase == player.Ended && status.Err != "" {
			return []string{" nothing that looks wrong, but how it ended: what it printed may say why"}
		}
	}
	return []string{" nothing that looks wrong"}
}

// foundLine is the first of what looks wrong, in a line; "" if nothing does.
func (m *Model) foundLine() string {
	var all []findings.Finding
	for _, r := range m.programs.Runs {
		all = append(all, r.Findings()...)
	}
	if len(all) == 0 {
		return ""
	}
	more := "f why"
	if len(all) > 1 {
		more = fmt.Sprintf("f why, and %d more", len(all)-1)
	}
	room := max(m.width-len(more)-4, 10)
	return " " + m.palette.Warning(ansi.Truncate(all[0].Message, room, "…")) + "  " + m.palette.Faint(more)
}

// fit is lines without those for which there is no room.
func fit(lines []string, room int) []string { return lines[:min(len(lines), max(room, 0))] }

// rule is a line across the window with a title.
func (m *Model) rule(title string) string {
	return m.palette.Faint(" ── " + title + " " + strings.Repeat("─", max(m.width-len(title)-6, 0)))
}

// outputLines are what the programs have printed, in order of time, as far as
// it can be seen.
func (m *Model) outputLines(width int) []string {
	const most = 500
	type printed struct {
		at   time.Duration
		text string
	}
	var all []printed
	for _, p := range m.programs.Runs {
		name := ""
		if len(m.programs.Runs) > 1 {
			name = p.Language().String() + "  "
		}
		output := p.Status().Output
		for _, line := range output[max(len(output)-most, 0):] {
			if m.window.holds() && line.At > m.window.held {
				continue
			}
			all = append(all, printed{line.At, fmt.Sprintf(" %8.3f s  %s%s", line.At.Seconds(), name, line.Text)})
		}
	}
	slices.SortStableFunc(all, func(a, b printed) int { return int(max(min(a.at-b.at, 1), -1)) })
	lines := make([]string, len(all))
	for i, p := range all {
		lines[i] = p.text
	}
	return lines
}

// detail tells of a lane as it was at a time.
func (m *Model) detail(lane timeline.Lane, end time.Duration) []string {
	var lines []string
	add := func(label, text string) { lines = append(lines, fmt.Sprintf(" %-9s %s", label, text)) }
	switch span, ok := lane.At(end - 1); {
	case ok:
		text := stage.Doing(span)
		if where := span.Where(); where != "" {
			text += ", at " + where
		}
		add("now", fmt.Sprintf("%s, since %s, for %s", text, stage.Seconds(span.Start), stage.Seconds(end-span.Start)))
	case lane.Len() > 0 && lane.Span(lane.Len()-1).End <= end:
		add("now", "ended at "+stage.Seconds(lane.Span(lane.Len()-1).End))
	default:
		add("now", "not there yet")
	}
	if lane.WokenAt > 0 {
		who := "a timer, the network or the system"
		if lane.WokenBy != 0 {
			who = m.nameOf(lane.WokenBy)
		}
		add("woken by", fmt.Sprintf("%s, last at %s", who, stage.Seconds(lane.WokenAt)))
	}
	if o := lane.Origin; o != nil {
		text := "before the start, or by the runtime"
		if o.By != "" || o.Started != "" {
			text = strings.TrimSpace(o.By)
			if text == "" {
				text = "somebody"
			}
			if o.Started != "" {
				text += ", at " + o.Started
			}
			text += ", at " + stage.Seconds(o.At)
		}
		add("started", text)
		add("function", o.Function)
	}
	add("in all", totals(lane, end))
	return lines
}

// totals is how long a lane was in each state, as far as it is known, with what
// goes on at the end.
func totals(lane timeline.Lane, end time.Duration) string {
	var parts []string
	now, there := lane.At(end - 1)
	for state := range timeline.States {
		total := lane.Total(state)
		if there && now.State == state && now.End == timeline.Open {
			total += end - now.Start
		}
		if total > 0 {
			parts = append(parts, fmt.Sprintf("%v %s", state, stage.Seconds(total)))
		}
	}
	if parts == nil {
		return "nothing yet"
	}
	return strings.Join(parts, ", ")
}

// nameOf is the name of the goroutine or task of that number, if it is shown.
func (m *Model) nameOf(id int64) string {
	for _, row := range m.shown[m.run].rows {
		for _, lane := range row.lanes {
			if lane.Origin != nil && lane.Origin.ID == id {
				return named(lane, false)
			}
		}
	}
	return fmt.Sprintf("one that is not shown now (number %d)", id)
}
