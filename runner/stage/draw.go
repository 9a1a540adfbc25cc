// Package stage shows runs: on a live screen, or as plain text. It is handed
// a comparison, and neither starts nor stops it. Drawing is pure: a Scene
// gives lines, and asks the world for nothing.
package stage

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// The smallest window in which timelines can be read. In a smaller one the
// stage says so and shows text.
const (
	MinWidth  = 40
	MinHeight = 10
)

// twoColumns is the width from which timelines stand side by side.
const twoColumns = 100

// twoLanguages is the width from which the languages stand side by side.
const twoLanguages = 72

// A Scene is all that one frame shows.
type Scene struct {
	Title    string
	Position string // right of the title, such as "lesson 3 of 5"
	Caption  string
	Panels   []Panel
	// Cursor is the time that is looked at; negative is none.
	Cursor time.Duration
	// Scroll is how many lines back from its end output is shown, where there
	// is more than fits, and Turn how many turns the learner has asked for
	// where not all output has room beside each other. FirstTells begins with
	// the first panels, and not with the last.
	Scroll, Turn int
	FirstTells   bool
	// Notes are said below the timelines. They give way to output.
	Notes []Note
	// Keys is the line at the foot; "" leaves it out.
	Keys          string
	Width, Height int
	// Fill makes the frame as high as Height, with Keys in the last row.
	Fill    bool
	Palette Palette
}

// Draw gives the lines of the scene: at most Height, none wider than Width.
func Draw(s Scene) []string {
	lines, _ := draw(s)
	return lines
}

// draw is Draw, and how many lines of output, at most, have no room.
func draw(s Scene) (frame []string, hidden int) {
	if s.Width < MinWidth || s.Height < MinHeight {
		return drawSmall(s), 0
	}
	head := s.head()
	var foot []string
	var shares shares
	for _, how := range []terse{inFull, inBrief, inOneLine} {
		foot = s.foot(how)
		if shares = s.share(s.Height - len(head) - len(foot)); shares.tells() {
			break
		}
	}
	body, hidden := s.body(shares)
	lines := append(head, body...)
	if s.Fill {
		for len(lines)+len(foot) < s.Height {
			lines = append(lines, "")
		}
	}
	lines = append(lines, foot...)
	for i := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(lines[i], s.Width, "…"), " ")
	}
	return lines[:min(len(lines), s.Height)], hidden
}

// head is the title, the caption and the position: in one line if they fit.
func (s Scene) head() []string {
	title := " " + s.Palette.Title(s.Title)
	if s.Caption == "" {
		return []string{Spread(title, s.Position, s.Width)}
	}
	whole := title + "   " + s.Caption
	if ansi.StringWidth(whole)+ansi.StringWidth(s.Position)+2 > s.Width {
		return []string{Spread(title, s.Position, s.Width), " " + s.Caption}
	}
	return []string{Spread(whole, s.Position, s.Width)}
}

// shares are how the panels and what is said of all of them share the lines
// between head and foot.
type shares struct {
	grid
	headline []string // perhaps with an empty line below
}

// share shares out room lines.
func (s Scene) share(room int) shares {
	if len(s.Panels) == 0 {
		return shares{}
	}
	if headline, ok := s.headline(); ok && room > roomForHeadline {
		with := shares{s.grid(room - 2), []string{" " + headline, ""}}
		if !with.compact {
			with.headline = with.headline[:1] // each row begins with an empty line
		}
		if with.tells() {
			return with
		}
	}
	return shares{grid: s.grid(room)}
}

// body draws the panels. hidden is how many lines of output, at most, have no
// room.
func (s Scene) body(shares shares) (lines []string, hidden int) {
	if len(s.Panels) == 0 {
		return nil, 0
	}
	lines, g := shares.headline, shares.grid
	for i, row := range g.rows {
		var blocks [][]string
		for _, p := range row.panels {
			var block []string
			if p != nil {
				block = s.panel(*p, g, row)
			}
			blocks = append(blocks, block)
		}
		if !g.compact {
			lines = append(lines, "")
		}
		lines = append(lines, beside(blocks, g.width)...)
		if g.compact && i == len(g.rows)-1 {
			var mark time.Duration
			for _, p := range s.Panels {
				mark = max(mark, p.Mark)
			}
			axis := strings.Repeat(" ", g.label+3) + s.Palette.axis(g.ruler, mark, g.cursor)
			lines = append(lines, beside(slices.Repeat([][]string{{axis}}, len(row.panels)), g.width)...)
		}
	}
	if g.compact {
		block, hidden := s.block(g)
		return append(lines, block...), hidden
	}
	for _, row := range g.rows {
		for _, p := range row.panels {
			if p != nil {
				hidden = max(hidden, s.height(p.Status.Output, g.textWidth())-row.text)
			}
		}
	}
	if hidden > 0 && s.Cursor < 0 {
		return append(lines, Spread("", s.Palette.Faint(scrollHint), s.Width)), hidden
	}
	return append(lines, ""), hidden
}

// foot is the legend, the notes and the keys.
func (s Scene) foot(how terse) []string {
	foot := append([]string{s.legend()}, s.noteLines(how)...)
	if s.Keys != "" {
		foot = append(foot, " "+s.Palette.Faint(s.Keys))
	}
	return foot
}

// legend says which glyph is what: of the states of the languages that are
// shown.
func (s Scene) legend() string {
	var parts []string
	for state, glyph := range glyphs {
		only, ok := onlyIn[timeline.State(state)]
		if ok && len(s.Panels) > 0 && !slices.ContainsFunc(s.Panels, func(p Panel) bool { return p.Job.Language == only }) {
			continue
		}
		parts = append(parts, s.Palette.states[state].Sprint(glyph)+" "+timeline.State(state).String())
	}
	parts = append(parts, s.Palette.Faint(briefGlyph)+" brief")
	if len(s.Panels) > 0 && slices.ContainsFunc(s.Panels, func(p Panel) bool { return p.count() > fewLanes }) {
		parts = append(parts, strings.Join([]string{heights[0], heights[1], heights[4], heights[8]}, "")+" few to all")
	}
	for gap := 3; ; gap-- {
		line := " " + strings.Join(parts, strings.Repeat(" ", gap))
		if gap == 1 || ansi.StringWidth(line) < s.Width {
			return line
		}
	}
}

// onlyIn is the language of the states that there are in one alone.
var onlyIn = map[timeline.State]player.Language{timeline.Syscall: player.Go, timeline.Blocking: player.Python}

// scale is the time that all bars are wide: the longest that a run should
// take, or has taken.
func (s Scene) scale() time.Duration {
	scale := 100 * time.Microsecond
	for _, p := range s.Panels {
		scale = max(scale, p.Job.Ideal, p.At, p.Before)
	}
	return scale
}

// Spread is left and right at the two ends of a line that is width wide. If
// there is no room for both it is left alone.
func Spread(left, right string, width int) string {
	gap := width - 1 - ansi.StringWidth(left) - ansi.StringWidth(right)
	if gap < 1 {
		return left
	}
	return left + strings.Repeat(" ", gap) + right
}

// beside puts blocks of lines side by side, each width wide.
func beside(blocks [][]string, width int) []string {
	var lines []string
	for row := 0; ; row++ {
		var b strings.Builder
		more := false
		for i, block := range blocks {
			cell, room := "", width
			if i < len(blocks)-1 {
				room-- // so that it does not run into the next
			}
			if row < len(block) {
				cell, more = ansi.Truncate(block[row], room, "…"), true
			}
			b.WriteString(cell)
			if i < len(blocks)-1 {
				b.WriteString(strings.Repeat(" ", width-ansi.StringWidth(cell)))
			}
		}
		if !more {
			return lines
		}
		lines = append(lines, b.String())
	}
}
