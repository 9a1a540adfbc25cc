package stage

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// scene is what the next frame shows.
func (l *Live) scene(width, height int) Scene {
	s := Scene{
		Title: l.options.Title, Position: l.options.Position, Caption: l.options.Caption,
		Cursor: l.cursor, Scroll: l.scroll, Turn: l.turn, Width: width, Height: height,
		Fill: l.options.Fill, Palette: l.options.Palette,
	}
	if l.comparison == nil {
		s.Keys = l.options.KeysGoing + l.options.MoreGoing
		if l.err != nil {
			s.Keys = l.options.KeysEnded
			s.Notes = wrapNotes(l.failure(), width)
		}
		return s
	}
	snapshot, now := l.comparison.Snapshot(), time.Now()
	s.Keys = l.keys(snapshot)
	s.Panels = panels(snapshot, now)
	for i, p := range s.Panels {
		if !p.Kept {
			s.Panels[i].Before = l.before[p.Job.Kind()]
		}
	}
	replaying := l.replaying(snapshot, now)
	s.Notes = wrapNotes(l.notes(&s, snapshot, snapshot.Ended && !replaying), width)
	if replaying {
		for i := range s.Panels {
			s.Panels[i].rewind(now.Sub(l.replay))
		}
	}
	return s
}

// busy is said of runs from which others took the CPUs.
const busy = "this machine was busy, run it again: these times say nothing"

// notes are what stands below the timelines. What was predicted is marked
// in s.
func (l *Live) notes(s *Scene, snapshot player.Snapshot, over bool) (notes []string) {
	if p := l.expected; p != nil {
		mark, kind := p.Mark()
		for i, panel := range s.Panels {
			if panel.Job.Kind() == kind {
				s.Panels[i].Mark = mark
			}
		}
		notes = append(notes, p.Notes(snapshot, over)...)
	}
	if note := costNote(snapshot); over && note != "" && s.compact() {
		notes = append(notes, note)
	}
	if over && snapshot.Busy() {
		notes = append(notes, busy)
	}
	if missing := snapshot.Missing(); missing != nil {
		notes = append(notes, "nothing in Python: "+missing.What, missing.Next)
	}
	if oneAtATime(snapshot) {
		note := "run one after the other, for they would take the CPUs from each other"
		if snapshot.Ended {
			note += "; played together"
		}
		notes = append(notes, note)
	}
	return notes
}

// wrapNotes are notes in lines that fit.
func wrapNotes(notes []string, width int) (lines []string) {
	for _, note := range notes {
		lines = append(lines, strings.Split(ansi.Wordwrap(note, max(width-2, 1), ""), "\n")...)
	}
	return lines
}

// keys is the line of keys.
func (l *Live) keys(s player.Snapshot) string {
	const look, looking = "   ←→ look", "   ←→ move   esc stop looking"
	switch {
	case l.cursor >= 0:
		return l.options.KeysEnded + looking
	case !s.Ended:
		return l.options.KeysGoing + l.options.MoreGoing
	case traced(s):
		return l.options.KeysEnded + l.options.MoreEnded + look
	}
	return l.options.KeysEnded + l.options.MoreEnded
}
