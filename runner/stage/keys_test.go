package stage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/player"
)

// What has been printed and has no room is a key away, and stays where it is
// until other runs are shown.
func TestOutputIsScrolledAndTurned(t *testing.T) {
	t.Parallel()
	panels := both().Panels
	for i := range panels {
		for n := range 30 {
			panels[i].Status.Output = append(panels[i].Status.Output, player.Line{At: 2 * time.Second, Text: fmt.Sprintf("%v %s %d", panels[i].Job.Language, panels[i].Job.Variant.Name, n)})
		}
	}
	l := newLive()
	l.Show(ended(panels...))
	shown := func() string { return strings.Join(l.Lines(80, 24), "\n") }
	press := func(code rune, times int) {
		for range times {
			if _, handled := l.Update(tea.KeyPressMsg{Code: code}); !handled {
				t.Fatalf("%c is not answered", code)
			}
		}
	}
	check := func(when string, want []string, not ...string) {
		t.Helper()
		s := shown()
		for _, text := range want {
			if !strings.Contains(s, text) {
				t.Errorf("%s: no %q in\n%s", when, text, s)
			}
		}
		for _, text := range not {
			if strings.Contains(s, text) {
				t.Errorf("%s: %q in\n%s", when, text, s)
			}
		}
	}
	check("at first", []string{"Go concurrent 29", "Python concurrent 29", "tab others", "↑↓ more"}, "Go sequential 29", "concurrent 10")
	press(tea.KeyUp, 19)
	check("scrolled", []string{"Go concurrent 10", "Python concurrent 10"}, "concurrent 29")
	press(tea.KeyDown, 18)
	check("scrolled back", []string{"Go concurrent 28"}, "Go concurrent 29")
	press(tea.KeyUp, 1000)
	check("at the beginning", []string{"A started"}, "Go concurrent 29")
	press(tea.KeyTab, 1)
	check("turned", []string{"Go sequential 29", "Python sequential 29"}, "concurrent 29")
	press(tea.KeyTab, 1)
	check("turned again", []string{"Go concurrent 29"})
	press(tea.KeyTab, 1)
	l.Show(ended(both().Panels...))
	check("other runs", []string{"concurrent · Python                     concurrent · Go       ", "tab others"}, "↑↓ more")
}

// Where the first runs tell, their output is shown at first, and that of the
// others behind it.
func TestTheFirstTell(t *testing.T) {
	t.Parallel()
	l := NewLive(Options{Palette: NewPalette(false), FirstTells: true})
	panels := four().Panels[:3]
	for i := range panels {
		panels[i].Status.Output = []player.Line{{Text: fmt.Sprint("output ", i+1)}}
	}
	l.Show(ended(panels...))
	for _, want := range [][]string{{"output 1", "output 2"}, {"output 2", "output 3"}, {"output 1", "output 2"}} {
		shown := strings.Join(l.Lines(80, 24), "\n")
		for _, text := range []string{"output 1", "output 2", "output 3"} {
			if strings.Contains(shown, text) != slices.Contains(want, text) {
				t.Errorf("want %q in\n%s", want, shown)
			}
		}
		l.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	}
}

// Where there is room for all output no key is offered.
func TestNothingToScroll(t *testing.T) {
	t.Parallel()
	l := newLive()
	l.Show(ended(twoPanels()...))
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		if shown := strings.Join(l.Lines(size[0], size[1]), "\n"); strings.Contains(shown, "↑↓") || strings.Contains(shown, "tab others") {
			t.Errorf("%v:\n%s", size, shown)
		}
	}
}
