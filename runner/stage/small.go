package stage

import (
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/player"
)

// drawSmall is for a window that is too small for timelines: text.
func drawSmall(s Scene) []string {
	if s.Height < 1 || s.Width < 1 {
		return nil
	}
	var runs player.Snapshot
	for _, p := range s.Panels {
		runs.Runs = append(runs.Runs, p.Recording)
	}
	lines := []string{"too small for timelines: text"}
	for _, p := range s.Panels {
		for _, line := range p.Status.Output {
			lines = append(lines, runs.Name(p.Job)+": "+line.Text)
		}
		if p.Status.Phase == player.Ended {
			lines = append(lines, runs.Name(p.Job)+": "+s.times(p))
		}
	}
	room := s.Height - 1
	if len(lines) > room && room > 1 {
		lines = append(lines[:1], lines[len(lines)-room+1:]...)
	}
	if s.Keys != "" {
		lines = append(lines, s.Keys)
	}
	for i := range lines {
		lines[i] = ansi.Truncate(lines[i], s.Width, "…")
	}
	return lines[:min(len(lines), s.Height)]
}
