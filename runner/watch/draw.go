package watch

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
	"gosyncio/runner/timeline"
)

// A panel is a run as it is shown.
type panel struct {
	run    Run
	status player.Status
	lanes  []timeline.Lane // of the window, those that are filtered out as well
	rows   []row
	since  time.Duration
}

// A still is what a window shows. One that is held keeps what it has, whatever
// is forgotten meanwhile.
type still struct {
	from, to time.Duration
	lanes    [][]timeline.Lane // of each run
	since    []time.Duration
}

// The least that can be shown in.
const (
	leastColumns = 40
	leastRows    = 10
	twoColumns   = 100 // from here on two runs stand side by side
)

// View draws the programs.
func (m *Model) View() tea.View {
	view := tea.View{AltScreen: true}
	if m.quitting {
		return view
	}
	began := time.Now()
	lines := m.lines()
	for i, line := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(line, max(m.width, 0), "…"), " ")
	}
	view.SetContent(strings.Join(lines[:min(len(lines), max(m.height, 0))], "\n"))
	m.drawing = time.Since(began)
	return view
}

// lines are all of the window.
func (m *Model) lines() []string {
	if m.width < leastColumns || m.height < leastRows {
		text := fmt.Sprintf("the window is too small: it needs %d by %d", leastColumns, leastRows)
		if !m.ended {
			text += "; the program runs on"
		}
		return terminal.Wrap(text, 0, max(m.width, 10))
	}
	now, since, length := m.times()
	from, _ := m.window.bounds(now, since, m.ended)
	end := now
	if m.window.holds() {
		end = m.window.held
	}
	m.look(from, min(from+length, end))
	head := m.head(now)
	foot := m.foot()
	room := m.height - len(head) - len(foot)
	below := m.below(end, room)
	room -= len(below)
	lines := head
	if room >= m.leastPanels() || room > 0 && m.pane == outputPane {
		lines = slices.Concat(head, m.panels(stage.Ruler{From: from, Scale: length}, end, room))
	}
	for len(lines) < m.height-len(below)-len(foot) {
		lines = append(lines, "")
	}
	return slices.Concat(lines, below, foot)
}

// look takes what is to be shown from the runs.
func (m *Model) look(from, to time.Duration) {
	m.shown = m.shown[:0]
	if m.still == nil || !m.window.holds() || m.still.from != from || m.still.to != to {
		n := len(m.programs.Runs)
		m.still = &still{from, to, make([][]timeline.Lane, n), make([]time.Duration, n)}
	}
	for i, run := range m.programs.Runs {
		if m.still.lanes[i] == nil {
			m.still.lanes[i], m.still.since[i] = run.Window(from, max(to, from+1))
		}
		m.shown = append(m.shown, panel{run, run.Status(), m.still.lanes[i], m.folds[i].rows(m.still.lanes[i]), m.still.since[i]})
	}
	if rows := m.shown[m.run].rows; m.selected >= len(rows) {
		m.selected = max(len(rows)-1, 0)
	}
}

// head says what runs, and for how long.
func (m *Model) head(now time.Duration) []string {
	var names []string
	for _, r := range m.programs.Runs {
		names = append(names, r.Name())
	}
	title := " " + m.palette.Title("watch "+strings.Join(names, " and "))
	return []string{stage.Spread(title, m.palette.Faint(m.state(now)), m.width), ""}
}

// panels draws the runs in room lines: below each other, or side by side where
// the window is wide.
func (m *Model) panels(r stage.Ruler, end time.Duration, room int) []string {
	n, width := len(m.shown), m.width
	wide := m.sideBySide()
	if wide {
		width = m.width/n - 1
	}
	label := m.labels(width)
	r.Width = max(width-label-4-2-min(width/3, mostDoing), 8) // the same for all: one scale
	if wide {
		width := m.width / n
		var columns [][]string
		for i := range m.shown {
			columns = append(columns, m.panel(i, r, end, label, width-1, room))
		}
		return beside(level(columns), width)
	}
	heights := m.share(room)
	var lines []string
	for i := range m.shown {
		lines = append(lines, m.panel(i, r, end, label, width, heights[i])...)
	}
	return lines
}

// sideBySide reports whether the runs stand so.
func (m *Model) sideBySide() bool { return len(m.programs.Runs) > 1 && m.width >= twoColumns }

// labels is how wide the names of lanes are.
func (m *Model) labels(width int) (label int) {
	const least = 8
	for _, p := range m.shown {
		for _, row := range p.rows {
			label = max(label, ansi.StringWidth(row.name)+2*boolean(row.inner))
		}
	}
	return min(max(label, least), max(width/3, least))
}

// share divides room lines among runs: what one does not need the other gets.
func (m *Model) share(room int) []int {
	const extra = 3 // head, axis, a line between
	heights := make([]int, len(m.shown))
	for i := range m.shown {
		heights[i] = room / len(m.shown)
	}
	if len(heights) == 2 {
		for i := range heights {
			if need := need(m.shown[i].rows) + extra; need < heights[i] {
				heights[i], heights[1-i] = need, room-need
				break
			}
		}
	}
	return heights
}

// need is how many lines rows take.
func need(rows []row) (lines int) {
	for _, r := range rows {
		lines += r.height()
	}
	return lines
}

// height is how many lines a row takes.
func (r row) height() int {
	if r.fold {
		return 2
	}
	return 1
}

// panel draws one run.
func (m *Model) panel(i int, r stage.Ruler, end time.Duration, label, width, room int) []string {
	p := m.shown[i]
	if p.status.Phase == player.Ended {
		end = min(end, p.status.Elapsed)
	}
	room -= 3 // the title, the axis, a line between
	m.scroll[i] = m.scrolled(i, room)
	first := m.scroll[i]
	shown := shownRows(p.rows[first:], room)
	title := m.title(p, end, width)
	if more := len(p.rows) - shown; more > 0 {
		title = stage.Spread(title, m.palette.Faint(fmt.Sprintf("%d more: up, down", more)), width)
	}
	lines := []string{title}
	for at, row := range p.rows[first : first+shown] {
		lines = append(lines, m.row(row, r, end, label, width, i == m.run && first+at == m.selected)...)
	}
	return append(lines, strings.Repeat(" ", label+4)+m.palette.Axis(r), "")
}

// title is the head of a run: its language, how many lanes, how it ended.
func (m *Model) title(p panel, end time.Duration, width int) string {
	kind := "goroutines"
	if p.run.Language() == player.Python {
		kind = "tasks"
	}
	count := fmt.Sprint(thereAt(p.lanes, end))
	if m.folds[0].filter != "" {
		there := 0
		for _, row := range p.rows {
			if !row.inner {
				there += thereAt(row.lanes, end)
			}
		}
		count = fmt.Sprintf("%d of %s", there, count)
	}
	text := fmt.Sprintf(" %s · %v  %s %s", p.run.Name(), p.run.Language(), count, kind)
	switch {
	case p.status.Phase == player.Preparing:
		text += ", not started yet"
	case p.status.Phase == player.Ended && p.status.Err != "":
		text += fmt.Sprintf(", ended after %s: %s", stage.Seconds(p.status.Elapsed), p.status.Err)
	case p.status.Phase == player.Ended:
		text += fmt.Sprintf(", ended after %s", stage.Seconds(p.status.Elapsed))
	}
	if p.since > 0 {
		text += fmt.Sprintf(", known since %s", stage.Seconds(p.since))
	}
	return m.palette.Title(ansi.Truncate(text, width, "…"))
}

// thereAt is how many lanes there were just before a time.
func thereAt(lanes []timeline.Lane, end time.Duration) (n int) {
	for _, lane := range lanes {
		if _, ok := lane.At(end - 1); ok {
			n++
		}
	}
	return n
}

// scrolled is the first row that is shown of a run: so that the one that is
// selected is.
func (m *Model) scrolled(i, room int) int {
	rows := m.shown[i].rows
	first := min(m.scroll[i], max(len(rows)-1, 0))
	if i != m.run {
		for first > 0 && need(rows[first-1:]) <= room {
			first--
		}
		return first
	}
	first = min(first, m.selected)
	for first < m.selected && need(rows[first:m.selected+1]) > room {
		first++
	}
	for first > 0 && need(rows[first-1:]) <= room {
		first--
	}
	return first
}

// shownRows is how many of rows fit into room lines.
func shownRows(rows []row, room int) (n int) {
	for _, r := range rows {
		if room -= r.height(); room < 0 {
			break
		}
		n++
	}
	return n
}

// row draws a lane, or the lanes that are folded into one row.
func (m *Model) row(r row, ruler stage.Ruler, end time.Duration, label, width int, selected bool) []string {
	name := r.name
	if r.inner {
		name = "  " + name
	}
	name = ansi.Truncate(name, label, "…")
	name += strings.Repeat(" ", label-ansi.StringWidth(name))
	mark := "  "
	if selected {
		mark, name = "> ", m.palette.Title(name)
	}
	if !r.fold {
		line := " " + mark + name + " " + m.palette.Bar(ruler, r.lanes[0], end)
		if span, ok := r.lanes[0].At(end - 1); ok {
			line += "  " + m.palette.Faint(ansi.Truncate(brief(span), max(width-ansi.StringWidth(line)-3, 0), "…"))
		}
		return []string{line}
	}
	sign := "  "
	if r.open {
		sign = "▾ "
	}
	return []string{
		" " + mark + name + " " + m.palette.Crowd(ruler, r.lanes, end),
		" " + sign + strings.Repeat(" ", label) + " " + m.palette.Faint(count(r.lanes, end-1)),
	}
}

// mostDoing is how wide what a lane does is shown beside its bar.
const mostDoing = 30

// brief is what a lane does, in few words: what it waits for, and the line.
func brief(span timeline.Span) string {
	text := span.Reason()
	if text == "" || span.State != timeline.Waiting {
		text = span.State.String()
	}
	return strings.TrimSpace(text + " " + span.Where())
}

// foot has the legend, what was said last, and the keys.
func (m *Model) foot() []string {
	var languages []player.Language
	for _, r := range m.programs.Runs {
		languages = append(languages, r.Language())
	}
	keys := "space hold   ←→ back   + - seconds   / filter   enter more   ? keys   q quit"
	if m.document() != nil {
		keys = "←→ back   + - seconds   / filter   enter more   e export   ? keys   q quit"
	}
	if ansi.StringWidth(keys) >= m.width {
		keys = "? keys   q quit   enter more   f found"
	}
	switch {
	case m.asks != "":
		keys = m.asks
	case m.typing:
		keys = "only lanes with: " + m.typed + "█   enter keeps it, esc takes it back"
	case m.said != "":
		keys = m.said
	case m.pane == helpPane:
		keys = "any other key closes this"
	}
	lines := []string{m.palette.Legend(m.width, languages...), m.palette.Faint(" " + keys)}
	if found := m.foundLine(); found != "" && m.pane != foundPane {
		lines = append([]string{found}, lines...)
	}
	return lines
}

// level gives blocks one height: their axes stand on one line.
func level(blocks [][]string) [][]string {
	const last = 2 // lines: the axis, and an empty one
	most := 0
	for _, block := range blocks {
		most = max(most, len(block))
	}
	for i, block := range blocks {
		at := len(block) - last
		blocks[i] = slices.Concat(block[:at], make([]string, most-len(block)), block[at:])
	}
	return blocks
}

// beside puts blocks of lines side by side, each width wide.
func beside(blocks [][]string, width int) []string {
	var lines []string
	for i := 0; ; i++ {
		line, more := "", false
		for _, block := range blocks {
			text := ""
			if i < len(block) {
				text, more = ansi.Truncate(block[i], width, ""), true
			}
			line += text + strings.Repeat(" ", max(width-ansi.StringWidth(text), 0))
		}
		if !more {
			return lines
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
}
