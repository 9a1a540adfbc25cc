package stage

import (
	"time"

	"github.com/charmbracelet/x/ansi"
)

// scene is what the next frame shows.
func (l *Live) scene(width, height int) Scene {
	s := Scene{
		Title: l.options.Title, Position: l.options.Position, Caption: l.options.Caption,
		Cursor: l.cursor, Scroll: l.scroll, Turn: l.turn, FirstTells: l.options.FirstTells, Width: width, Height: height,
		Fill: l.options.Fill, Palette: l.options.Palette,
	}
	if l.comparison == nil {
		s.Keys = l.options.KeysGoing + l.options.MoreGoing
		if l.err != nil {
			s.Keys = l.options.KeysEnded
			for _, text := range l.failure() {
				s.Notes = append(s.Notes, Note{Text: text})
			}
		}
		return s
	}
	snapshot, now := l.comparison.Glance(ManyLanes), time.Now()
	s.Keys = l.keys(snapshot)
	if longer := s.Keys + "   e export"; l.asks == "" && l.cursor < 0 && l.Done() && ansi.StringWidth(longer)+2 < width {
		s.Keys = longer
	}
	if l.cursor >= 0 { // each lane may be asked what it did
		snapshot = l.comparison.Snapshot()
	}
	s.Panels = panels(snapshot, now)
	for i, p := range s.Panels {
		if !p.Kept {
			s.Panels[i].Before = l.before[p.Job.Kind()]
		}
	}
	replaying := l.replaying(snapshot, now)
	s.Notes = l.notes(&s, snapshot, snapshot.Ended && !replaying)
	if replaying {
		for i := range s.Panels {
			s.Panels[i].rewind(l.replayed(now))
		}
	}
	return s
}
