package stage

import (
	"slices"
	"strings"
	"testing"

	"gosyncio/runner/terminal"
)

// Where glyphs are replaced by those of certain width they still tell the
// states apart, and there is one for each.
func TestGlyphsOfCertainWidth(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, glyph := range append(slices.Clone(glyphs[:]), heights...) {
		shown := terminal.Certain(glyph)
		if seen[shown] || strings.Contains(shown, "?") {
			t.Errorf("%s is shown as %s", glyph, shown)
		}
		seen[shown] = true
	}
}
