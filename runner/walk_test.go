package runner

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// Runs that would take the CPUs from each other are made one after the
// other, and then their recordings are played together.
func TestRunsMadeOneAfterTheOtherArePlayedTogether(t *testing.T) {
	name, value, _ := strings.Cut(quickExit, "=")
	t.Setenv(name, value)
	r, err := newRequest("tasks", nil, []string{"a=400ms", "b=400ms"}, withGo)
	if err != nil {
		t.Fatal(err)
	}
	r.lesson.OneAtATime = true
	live := stage.NewLive(stage.Options{
		Palette: stage.NewPalette(false),
		Play:    func() (*player.Comparison, error) { return testApp().play(t.Context(), r) },
	})
	defer live.Close()
	clock := regexp.MustCompile(`\b0\.\d s\b`) // of a run that goes on
	measured, together := false, false
	var screen string
	for range 10 { // a busy machine may leave out all that is drawn meanwhile
		for cmd := live.Start(); cmd != nil; {
			msg := cmd()
			screen = strings.Join(live.Lines(120, 40), "\n")
			running := len(clock.FindAllString(screen, -1))
			if !live.Ended() {
				measured = true
				if running > 1 {
					t.Errorf("two runs at the same time:\n%s", screen)
				}
			} else if running == 2 {
				together = true
			}
			cmd, _ = live.Update(msg)
		}
		if measured && together {
			break
		}
	}
	screen = strings.Join(live.Lines(120, 40), "\n")
	if !measured || !together {
		t.Errorf("seen being measured: %v, being played together: %v", measured, together)
	}
	if !strings.Contains(screen, "played together") || strings.Count(screen, "cpu") != 2 {
		t.Errorf("at the end:\n%s", screen)
	}
	if _, handled := live.Update(tea.KeyPressMsg{Code: 'x', Text: "x"}); handled {
		t.Error("a key that means nothing was answered")
	}
}

// The line of keys names those that do something, and they alone do.
func TestTheStageOffersOnlyKeysThatDoSomething(t *testing.T) {
	name, value, _ := strings.Cut(quickExit, "=")
	t.Setenv(name, value)
	left, p := tea.KeyPressMsg{Code: tea.KeyLeft}, tea.KeyPressMsg{Code: 'p', Text: "p"}
	for _, tt := range []struct {
		name      string
		untraced  bool
		toggle    func()
		play      bool
		want      string
		look, off bool
	}{
		{"all", false, func() {}, true, "enter done   r again   p Python   ←→ look", true, true},
		{"Python alone", false, nil, true, "enter done   r again   ←→ look", true, false},
		{"no timeline", true, func() {}, true, "enter done   r again   p Python", false, true},
		{"no runs", false, func() {}, false, "enter done", false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := newRequest("tasks", []string{"concurrent"}, []string{"a=1ms", "b=1ms"}, withGo)
			if err != nil {
				t.Fatal(err)
			}
			r.variants[0].Untraced = tt.untraced
			live := stage.NewLive(stage.Options{
				Palette: stage.NewPalette(false), KeysEnded: "enter done", Switch: tt.toggle,
				Play: func() (*player.Comparison, error) {
					if !tt.play {
						return nil, errors.New("no port is free")
					}
					return testApp().play(t.Context(), r)
				},
			})
			defer live.Close()
			for cmd := live.Start(); cmd != nil; {
				cmd, _ = live.Update(cmd())
			}
			lines := live.Lines(120, 40)
			if got := strings.TrimSpace(lines[len(lines)-1]); got != tt.want {
				t.Errorf("keys %q, want %q", got, tt.want)
			}
			if _, handled := live.Update(left); handled != tt.look {
				t.Errorf("left was answered: %v, want %v", handled, tt.look)
			}
			if _, handled := live.Update(p); handled != tt.off {
				t.Errorf("p was answered: %v, want %v", handled, tt.off)
			}
		})
	}
}

func TestAPageIsSplitAtEmptyLines(t *testing.T) {
	tests := []struct {
		name, lines string
		room        int
		want        []string
	}{
		{"it fits", "a b c", 3, []string{"a b c"}},
		{"at the last empty line", "a b - c d e", 4, []string{"a b", "c d e"}},
		{"exactly behind a full screen", "a b c - d", 3, []string{"a b c", "d"}},
		{"not where it would leave half a screen empty", "a - c d e f", 4, []string{"a - c d", "e f"}},
		{"several empty lines in a row", "a b c - - - d", 3, []string{"a b c", "d"}},
		{"three screens", "a b - c d - e f", 3, []string{"a b", "c d", "e f"}},
		{"one line at a time", "a b", 1, []string{"a", "b"}},
		{"between functions that stand side by side", "a b │ c d e", 4, []string{"a b", "c d e"}},
		{"the rule between them in colour", "a b c \x1b[2m│\x1b[0m d", 3, []string{"a b c", "d"}},
		{"not where only one side is empty", "a b │c d e", 3, []string{"a b │c", "d e"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := strings.Fields(tt.lines)
			for i, line := range lines {
				lines[i] = strings.Trim(line, "-")
			}
			var got []string
			for _, screen := range split(lines, tt.room) {
				for i, line := range screen {
					if line == "" {
						screen[i] = "-"
					}
				}
				got = append(got, strings.Join(screen, " "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Python is switched off and on where something is left to run.
func TestSwitched(t *testing.T) {
	for variant, want := range map[string]with{"sequential": withGo, "to_thread": withBoth} {
		r, err := newRequest("database", []string{variant}, nil, withBoth)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.switched(); got.with != want || len(got.parts()) == 0 {
			t.Errorf("%s: switched to %q, want %q", variant, got.with, want)
		}
	}
}
