package stage

import (
	"strings"
	"time"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// Facts are what there is to say of runs beside their timelines, in words: for
// who shows them elsewhere, and says the same.
type Facts struct {
	Scale    time.Duration // the time that all bars are wide
	Headline string        // "" is none
	Results  []string      // of each of the runs that are present
	Notes    []string      // of all of them
	Ended    bool
}

// FactsOf are the facts of runs as they were at the time now.
func FactsOf(s player.Snapshot, now time.Time) Facts {
	scene := Scene{Panels: panels(s, now), Cursor: -1, Width: 1 << 20, Palette: NewPalette(false)}
	f := Facts{Scale: scene.scale(), Ended: s.Ended}
	headline, _ := scene.headline()
	f.Headline = sentence(headline)
	for _, p := range scene.Panels {
		f.Results = append(f.Results, scene.result(p))
	}
	for _, note := range (&Live{}).notes(&scene, s, s.Ended) {
		f.Notes = append(f.Notes, note.Text)
	}
	return f
}

// sentence is a headline as it is said where lines are not aligned.
func sentence(headline string) string {
	if headline == "" {
		return ""
	}
	var of []string
	for language := range strings.SplitSeq(headline, "       ") {
		name, rest, _ := strings.Cut(strings.TrimSpace(language), "  ")
		of = append(of, name+": "+strings.ReplaceAll(rest, "  ", ", "))
	}
	return strings.Join(of, "; ")
}

// result is how long a run took, how that compares, and what it cost.
func (s Scene) result(p Panel) string {
	text := s.times(p)
	if texts := cost(p); len(texts) > 0 {
		text += "   " + texts[0]
	}
	return strings.Join(strings.Split(text, "   "), ", ")
}

// A Tick is a time on an axis, and how it is written there.
type Tick struct {
	At    time.Duration
	Label string
}

// Ticks are those of an axis that is scale long and has room for so many.
func Ticks(scale time.Duration, room int) (ticks []Tick) {
	unit, step := unitOf(scale), tick(scale, room)
	for t := time.Duration(0); t <= scale; t += step {
		ticks = append(ticks, Tick{t, unit.label(t)})
	}
	return ticks
}

// Averages are how many of a run's lanes were in each state, in each of so many
// cells of the scale, up to now, and how many lanes there were at most.
func Averages(r player.Recording, scale time.Duration, cells int, now time.Duration) (averages [timeline.States][]float64, most int) {
	averages, _, most = Ruler{Scale: scale, Width: cells}.fold(Panel{Recording: r, At: now}, 0)
	return averages, most
}
