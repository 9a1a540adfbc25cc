package export

import (
	"iter"
	"time"

	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// A Document is a comparison as it is written down: one that was just made, see
// Of, or one from a file, see Read. All formats are made from it. It never
// changes.
type Document struct {
	object jsonComparison       // its runs without their lanes
	lanes  []iter.Seq[jsonLane] // those of each run
}

// Of is the document of runs, which have mostly ended; those that go on are in
// it as they stand now, and those that could not be made, for want of Python,
// are not.
func Of(s player.Snapshot) *Document {
	now := time.Now()
	d := &Document{object: comparison(s, now)}
	for _, run := range s.Present() {
		d.lanes = append(d.lanes, converted(run.Lanes, run.Status.At(now)))
	}
	return d
}

// Found adds what was found in each of the runs, and returns the document.
func (d *Document) Found(found [][]findings.Finding) *Document {
	for i, all := range found {
		of := make([]jsonFinding, len(all))
		for j, f := range all {
			of[j] = jsonFinding(f)
		}
		d.object.Runs[i].Findings = of
	}
	return d
}

// converted are lanes of a run that came to end, as JSON has them, made one at a
// time.
func converted(lanes []timeline.Lane, end time.Duration) iter.Seq[jsonLane] {
	return func(yield func(jsonLane) bool) {
		for _, lane := range lanes {
			if !yield(laneToJSON(lane, end)) {
				return
			}
		}
	}
}
