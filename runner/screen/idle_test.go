package screen

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// still is a model that never changes.
type still struct{}

func (still) Init() tea.Cmd                       { return tea.Quit }
func (still) Update(tea.Msg) (tea.Model, tea.Cmd) { return still{}, nil }
func (still) View() tea.View                      { return tea.NewView("still") }

// Should Bubble Tea have no such ticker any more, see whether it is idle by
// itself now, and what is in idle.go can go.
func TestBubbleTeaHasTheTickerThatIsSlowedDown(t *testing.T) {
	t.Parallel()
	p := tea.NewProgram(still{}, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
	if rendererTicker(p) != nil {
		t.Error("there is a ticker before the program runs")
	}
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if rendererTicker(p) == nil {
		t.Error("there is no ticker")
	}
}

func TestTheTickerIsSlowWhileThereAreNoMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		i := newIdler()
		defer i.stop()
		i.ticker = time.NewTicker(activePeriod)
		defer i.ticker.Stop()
		ticks := 0
		count := func(during time.Duration) int {
			before := ticks
			for end := time.Now().Add(during); time.Now().Before(end); {
				select {
				case <-i.ticker.C:
					ticks++
				case <-time.After(time.Until(end)):
				}
			}
			return ticks - before
		}
		for range 10 { // messages that come and come must not hold it up
			i.awake(nil)
			if got := count(activePeriod * 6); got < 5 {
				t.Fatalf("%d ticks while messages come, want 5 or 6", got)
			}
		}
		count(idleAfter)
		if got := count(10 * time.Second); got < 9 || got > 10 {
			t.Errorf("%d ticks in ten idle seconds, want 10", got)
		}
		i.awake(nil)
		if got := count(activePeriod * 6); got < 5 {
			t.Errorf("%d ticks after a message, want 5 or 6", got)
		}
	})
}
