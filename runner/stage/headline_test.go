package stage

import (
	"strings"
	"testing"
	"time"

	"gosyncio/runner/player"
)

// compare are panels of runs in the languages, by the times of their variants.
func compare(languages []player.Language, variants ...string) (panels []Panel) {
	times := map[string]time.Duration{"sequential": 2000, "concurrent": 1000, "threads": 2200, "parallel": 500, "forgotten": 1, "pool": 1500}
	for _, variant := range variants {
		for _, language := range languages {
			p := panel(variant, times[variant]*ms, 0, nil)
			p.Job.Language, p.Job.Variant.Partial = language, variant == "forgotten"
			panels = append(panels, p)
		}
	}
	return panels
}

// The headline has the two times of two runs, and of more the slowest and the
// fastest, with their names where there is room.
func TestTheHeadline(t *testing.T) {
	t.Parallel()
	inGo, both := []player.Language{player.Go}, []player.Language{player.Python, player.Go}
	for _, tt := range []struct {
		languages []player.Language
		variants  []string
		width     int
		want      string
	}{
		{inGo, []string{"sequential", "concurrent"}, 80, "Go  2.00 s → 1.00 s  2.00× faster"},
		{inGo, []string{"concurrent", "pool"}, 80, "Go  1.00 s → 1.50 s  1.50× slower"}, // in their order
		{both, []string{"sequential", "concurrent"}, 80, "Python  2.00 s → 1.00 s  2.00× faster       Go  2.00 s → 1.00 s  2.00× faster"},
		{inGo, []string{"sequential", "concurrent", "parallel"}, 80, "Go  sequential 2.00 s → parallel 500 ms  4.00× faster"},
		{inGo, []string{"parallel", "sequential", "threads"}, 80, "Go  threads 2.20 s → parallel 500 ms  4.40× faster"},
		{both, []string{"sequential", "concurrent", "parallel"}, 120, "Python  sequential 2.00 s → parallel 500 ms  4.00× faster       Go  sequential 2.00 s → parallel 500 ms  4.00× faster"},
		{both, []string{"sequential", "concurrent", "parallel"}, 80, "Python  2.00 s → 500 ms  4.00× faster       Go  2.00 s → 500 ms  4.00× faster"},
		{inGo, []string{"sequential", "concurrent", "forgotten"}, 80, "Go  2.00 s → 1.00 s  2.00× faster"}, // what leaves work undone is not the fastest
		{inGo, []string{"concurrent", "pool", "parallel"}, 80, ""},                                         // nothing that others are compared with
		{inGo, []string{"sequential", "forgotten"}, 80, ""},
		{inGo, []string{"sequential"}, 80, ""},
	} {
		s := Scene{Panels: compare(tt.languages, tt.variants...), Width: tt.width, Palette: NewPalette(false)}
		if got, ok := s.headline(); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%v, %d columns: %q, %v, want %q", tt.variants, tt.width, got, ok, tt.want)
		}
		s.Panels[0].Status.Phase = player.Going
		if got, _ := s.headline(); strings.Contains(got, s.Panels[0].Job.Language.String()) {
			t.Errorf("%v: %q, but one has not ended", tt.variants, got)
		}
	}
}

// It stands out where there is colour.
func TestTheHeadlineIsBold(t *testing.T) {
	t.Parallel()
	s := Scene{Panels: compare([]player.Language{player.Go}, "sequential", "concurrent", "parallel"), Width: 80, Palette: NewPalette(true)}
	if got, _ := s.headline(); !strings.Contains(got, s.Palette.Title("sequential 2.00 s → parallel 500 ms")) {
		t.Errorf("%q", got)
	}
}
