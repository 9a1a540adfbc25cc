package stage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A Panel is one run in a Scene.
type Panel struct {
	player.Recording
	At time.Duration // how far the run has come
	// Baseline is the elapsed time to compare with; 0 is none.
	Baseline time.Duration
	// Twin is the elapsed time of the same variant in TwinLanguage; 0 is
	// none.
	Twin         time.Duration
	TwinLanguage player.Language
	// Before is the elapsed time of the run before this one; 0 is none.
	Before time.Duration
	// Mark is a time to mark on the axis: what was predicted; 0 is none.
	Mark time.Duration
}

// succeeded reports whether the run has ended, and well.
func (p Panel) succeeded() bool { return p.Status.Phase == player.Ended && p.Status.Err == "" }

// count is how many lanes there are, of which the panel may have only some.
func (p Panel) count() int { return max(p.Count, len(p.Lanes)) }

// rewind makes p what it was when its run had come to at.
func (p *Panel) rewind(at time.Duration) {
	if at >= p.Status.Elapsed {
		return
	}
	p.At, p.Status.Phase = at, player.Going
	printed := slices.IndexFunc(p.Status.Output, func(l player.Line) bool { return l.At > at })
	if printed >= 0 {
		p.Status.Output = p.Status.Output[:printed]
	}
}

// panel draws one run: title, lanes, axis, times, and then its output or,
// with a cursor, what the lanes were doing at that time. In a compact grid
// the times stand beside the title, and the axis is drawn once for all.
func (s Scene) panel(p Panel, g grid, row gridRow) []string {
	bars, folded := s.bars(p, g, row.bars)
	title := " " + s.Palette.Title(p.Job.Variant.Name) + " · " + p.Job.Language.String()
	if p.Status.Procs == 1 && p.Job.Values.CPUs > 1 { // else the caption says it
		title += " · 1 CPU"
	}
	if g.compact {
		title += "   " + s.elapsed(p)
		for _, text := range s.comparisons(p) {
			title = appendIfRoom(title, g.width, text)
		}
		if p.Before > 0 {
			title = appendIfRoom(title, g.width, s.Palette.Faint("before: "+Seconds(p.Before)))
		}
	}
	title = appendIfRoom(title, g.width, s.faint(folded)...)
	lines := append([]string{title}, bars...)
	if !g.compact {
		if g.before {
			lines = append(lines, strings.Repeat(" ", g.label+3)+s.before(p, g.ruler))
		}
		lines = append(lines, strings.Repeat(" ", g.label+3)+s.Palette.axis(g.ruler, p.Mark, g.cursor), appendIfRoom(" "+s.times(p), g.width, s.faint(cost(p))...))
	}
	return append(lines, s.text(p, row.text, g.textWidth())...)
}

// text is what a run has printed, or with a cursor what its lanes were doing,
// in room lines.
func (s Scene) text(p Panel, room, width int) (lines []string) {
	if s.Cursor >= 0 {
		return s.readout(p, room, width)
	}
	for _, line := range s.flow(p.Status.Output, room, width) {
		lines = append(lines, " "+line)
	}
	return lines
}

// appendIfRoom adds to a line the first of several texts that the line has
// room for, if there is one.
func appendIfRoom(line string, width int, texts ...string) string {
	for _, text := range texts {
		if ansi.StringWidth(line)+3+ansi.StringWidth(text) < width {
			return line + "   " + text
		}
	}
	return line
}

func (s Scene) faint(texts []string) []string {
	var faint []string
	for _, text := range texts {
		faint = append(faint, s.Palette.Faint(text))
	}
	return faint
}

// before is a faint line as long as the run before took.
func (s Scene) before(p Panel, r Ruler) string {
	if p.Before == 0 {
		return ""
	}
	label := " before: " + Seconds(p.Before)
	length := r.cell(p.Before-1) + 1
	return s.Palette.Faint(strings.Repeat("╌", max(length-ansi.StringWidth(label), 1)) + label)
}

// bars draws the lanes of a panel in room lines. Those for which there is
// no room are folded: a row for each state tells how many were in it, and
// folded says how many they are, and how many of all there were at a time,
// in full and shorter; nil if none are.
func (s Scene) bars(p Panel, g grid, room int) (lines, folded []string) {
	lanes := p.Lanes
	add := func(name, bar string) {
		if g.thick > 1 && len(lines) > 0 {
			lines = append(lines, "")
		}
		name = ansi.Truncate(name, g.label, "…")
		lines = append(lines, " "+name+strings.Repeat(" ", g.label-ansi.StringWidth(name))+" ▏"+bar)
		for range g.thick - 1 {
			lines = append(lines, strings.Repeat(" ", g.label+1)+" ▏"+bar)
		}
	}
	count := p.count()
	shown := count
	if shown > room {
		shown = max(room-densityRows, 0)
	}
	for _, lane := range lanes[:shown] {
		add(lane.Name, s.Palette.bar(g.ruler.states(lane, p.At), g.cursor))
	}
	if shown < count {
		what := "lanes"
		if shown > 0 {
			what = "more lanes"
		}
		averages, all, most := g.ruler.fold(p, shown)
		atATime := fmt.Sprintf("at most %d at a time", all)
		folded = []string{fmt.Sprintf("%d %s; %s", count-shown, what, atATime), atATime}
		for _, state := range densityStates(averages, room-shown) {
			add(state.String(), s.Palette.density(state, averages[state], max(most, 1), g.cursor))
		}
	}
	for level := (gridRow{bars: room}).height(g.thick); len(lines) < level; { // so that the axes beside each other are level
		lines = append(lines, "")
	}
	return lines, folded
}

// densityRows is how many rows folded lanes need to say everything, one for
// each state, and leastDensityRows how many to say what matters most.
const (
	densityRows      = 3
	leastDensityRows = 2
)

// densityStates are the states that room rows tell of folded lanes: those in
// which they were longest.
func densityStates(averages [timeline.States][]float64, room int) []timeline.State {
	states := []timeline.State{timeline.Waiting, timeline.Ready, timeline.Running}
	for len(states) > max(room, 1) {
		least := slices.MinFunc(states, func(a, b timeline.State) int {
			return cmp.Compare(sum(averages[a]), sum(averages[b]))
		})
		states = slices.DeleteFunc(states, func(s timeline.State) bool { return s == least })
	}
	return states
}

func sum(numbers []float64) (sum float64) {
	for _, n := range numbers {
		sum += n
	}
	return sum
}

// times says how long the run took and how that compares.
func (s Scene) times(p Panel) string {
	return strings.Join(append([]string{s.elapsed(p)}, s.comparisons(p)...), "   ")
}

// elapsed says how long the run takes, or took, or why it failed.
func (s Scene) elapsed(p Panel) string {
	switch {
	case p.Status.Phase == player.Preparing:
		return "starting"
	case p.Status.Phase == player.Going:
		return fmt.Sprintf("%.1f s", p.At.Seconds())
	}
	text := s.Palette.Title(Seconds(p.Status.Elapsed))
	if !p.Status.Traced && p.Status.Died == "" { // how it died matters more
		text += "   not traced, so no timeline"
	}
	switch {
	case p.Status.Err != "":
		text += "   " + s.Palette.Bad(p.Status.Err)
	case p.Status.Died != "":
		text += "   " + s.Palette.Bad(died(p.Status))
	}
	return text
}

// comparisons say how the time of a run that has ended compares with others.
func (s Scene) comparisons(p Panel) (texts []string) {
	if !p.succeeded() {
		return nil
	}
	if t := speedup(p.Baseline, p.Status.Elapsed); t != "" && p.Baseline > 0 {
		texts = append(texts, s.Palette.faster.Sprint(t))
	}
	if d := difference(p); d != "" {
		texts = append(texts, d)
	}
	return texts
}
