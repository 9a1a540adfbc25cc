package stage

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestLookingAtAMoment(t *testing.T) {
	t.Parallel()
	l := newLive()
	l.Show(ended(twoPanels()...))
	look := func(code rune, mod tea.KeyMod) {
		t.Helper()
		if cmd, handled := l.Update(tea.KeyPressMsg{Code: code, Mod: mod}); cmd != nil || !handled {
			t.Errorf("%c: command %v, handled %v", code, cmd != nil, handled)
		}
	}
	at := func(want string) {
		t.Helper()
		wants(t, l, []string{"at " + want}, "q quit", "r again")
	}
	look(tea.KeyRight, 0)
	at("1.50 s") // the first key looks into the middle
	wants(t, l, []string{"waiting: sleep at tasks.go:19", "▲"})
	if got, want := keysOf(l), "enter done   ←→ move   esc stop looking"; got != want {
		t.Errorf("keys %q, want %q", got, want)
	}
	look(tea.KeyRight, 0)
	at("1.53 s")
	look(tea.KeyLeft, 0)
	at("1.50 s")
	look(tea.KeyRight, tea.ModShift)
	at("1.80 s")
	look(tea.KeyPgUp, 0)
	at("1.50 s")
	look('l', 0)
	look('h', 0)
	at("1.50 s")
	look(tea.KeyHome, 0)
	at("0 s")
	look(tea.KeyLeft, 0)
	at("0 s") // there is nothing before
	look(tea.KeyEnd, 0)
	at("2.97 s")
	look(tea.KeyPgDown, 0)
	at("3.00 s")
	look(tea.KeyEscape, 0)
	wants(t, l, []string{"r again", "A finished after 2s"}, "▲")
	if _, handled := l.Update(press('x')); handled {
		t.Error("a key that means nothing was answered")
	}
	final := strings.Join(l.Final(120, 40), "\n")
	if strings.Contains(final, "enter done") || !strings.Contains(final, "sequential · Go") {
		t.Errorf("what stays:\n%s", final)
	}
}

func TestNobodyLooksWhereThereIsNothingToSee(t *testing.T) {
	t.Parallel()
	untraced := twoPanels()
	for i := range untraced {
		untraced[i].Status.Traced, untraced[i].Lanes = false, nil
	}
	for name, f := range map[string]*fake{"no timeline": ended(untraced...), "still going": begun(twoPanels()...)} {
		l := newLive()
		l.Show(f)
		wants(t, l, nil, "look")
		if _, handled := l.Update(tea.KeyPressMsg{Code: tea.KeyRight}); handled {
			t.Errorf("%s: a key to look was answered", name)
		}
	}
}
