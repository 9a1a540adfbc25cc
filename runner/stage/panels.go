package stage

import (
	"time"

	"gosyncio/runner/player"
)

// sequential is the variant that the others are compared with.
const sequential = "sequential"

// panels are the runs as they stood at the time now, each compared with the
// sequential run in its language, and with its twin, if those have ended
// well. Both displays draw them.
func panels(s player.Snapshot, now time.Time) []Panel {
	var panels []Panel
	ended := s.Elapsed()
	for _, run := range s.Present() {
		p := Panel{Recording: run, At: run.Status.At(now)}
		kind := run.Job.Kind()
		if kind.Variant != sequential && !run.Job.Variant.Partial {
			p.Baseline = ended[player.Kind{Variant: sequential, Language: kind.Language}]
		}
		if twin, ok := kind.Language.Twin(); ok {
			p.Twin, p.TwinLanguage = ended[player.Kind{Variant: kind.Variant, Language: twin}], twin
		}
		panels = append(panels, p)
	}
	return panels
}
