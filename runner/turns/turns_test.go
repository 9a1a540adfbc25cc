package turns

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons/schedules"
	"gosyncio/runner/schedule"
)

// TestMain is the child, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == schedule.ChildCommand {
		os.Exit(schedule.Child(os.Args[2:], os.Stdout))
	}
	os.Exit(m.Run())
}

// A table is a model in a window, in front of which a test sits.
type table struct {
	t *testing.T
	m *Model
}

func sit(t *testing.T, name string, columns, rows int) *table {
	t.Helper()
	p, err := schedule.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	m := New(t.Context(), schedule.NewPlayer(append(os.Environ(), "GORACE=atexit_sleep_ms=0")), p, false)
	t.Cleanup(m.Close)
	d := &table{t, m}
	d.do(m.Init())
	d.update(tea.WindowSizeMsg{Width: columns, Height: rows})
	return d
}

// do runs a command to its end.
func (d *table) do(cmd tea.Cmd) {
	if cmd != nil {
		d.update(cmd())
	}
}

func (d *table) update(msg tea.Msg) {
	_, cmd := d.m.Update(msg)
	d.do(cmd)
}

func (d *table) press(keys ...string) {
	for _, key := range keys {
		msg := tea.KeyPressMsg{Code: rune(key[0]), Text: key}
		switch key {
		case "enter":
			msg = tea.KeyPressMsg{Code: tea.KeyEnter}
		case "down":
			msg = tea.KeyPressMsg{Code: tea.KeyDown}
		}
		d.update(msg)
	}
}

func (d *table) shows(texts ...string) {
	d.t.Helper()
	frame := ansi.Strip(d.m.View().Content)
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			d.t.Errorf("%q is not shown:\n%s", text, frame)
		}
	}
	for _, line := range strings.Split(frame, "\n") {
		if ansi.StringWidth(line) > d.m.width {
			d.t.Errorf("too wide: %s", line)
		}
	}
}

// The first game, to its end and through the mended version.
func TestTheLostUpdate(t *testing.T) {
	t.Parallel()
	d := sit(t, "lostupdate", 80, 24)
	d.shows("The lost update", "program 1 of 6, broken", "Make the counter end at 1", "> main         line  16  counter = 0", "counter = 0")
	d.press("enter")
	d.shows("  A            line  24  counter++   (reads next)", "  B            line  24", "AB")
	d.press("2")
	d.shows("(has read, writes next)")
	d.press("u", "u")
	d.shows("> main         line  16  counter = 0")
	d.press("enter", "enter") // main begins, and waits
	d.press("1", "2", "1", "1")
	d.shows("✓ You made the counter end at 1.", "It returned.", "counter = 1", "so far: main:16 main:20 A:24 B:24 A:24 B:24")
	d.press("a")
	d.shows("There are 30 orders: 20 make the counter end at 1.")
	d.press("v")
	d.shows("mended", "Mended: can you still make the counter end at 1?")
	d.press("a")
	d.shows("There are 42 orders: none makes the counter end at 1.")
	d.press("p")
	d.shows("no await in it, so no other task runs", "async def broken():")
	d.press("p", "n")
	d.shows("Check, then act", "program 2 of 6, broken")
	d.press("b", "?")
	d.shows("The keys", "takes a step back")
}

// Who does not reach the goal is told.
func TestTheGoalIsNotReached(t *testing.T) {
	t.Parallel()
	d := sit(t, "lostupdate", 80, 24)
	for range 6 {
		d.press("enter")
	}
	d.shows("It returned. That is not it yet: u takes a step back", "counter = 2")
}

// Each game can be won with the choices that the machine finds, and each
// window shows it.
func TestEveryGame(t *testing.T) {
	t.Parallel()
	for _, p := range schedules.All() {
		for _, window := range [][2]int{{80, 24}, {120, 40}, {30, 8}} {
			d := sit(t, p.Name, window[0], window[1])
			d.press("a")
			for _, choice := range d.m.orders.Example {
				for range choice {
					d.press("down")
				}
				if window[0] >= 80 { // the line that is next is seen
					line := d.m.report.At[choice].Line
					d.shows(fmt.Sprintf(" %3d  %s", line, strings.Repeat(" ", 4)))
				}
				d.press("enter")
				for range choice {
					d.press("up")
				}
			}
			if !d.m.over() || !p.Reached(*d.m.report.Outcome) {
				t.Errorf("%s: %+v", p.Name, d.m.report)
			}
			d.shows(p.Title)
			if window[0] >= 80 {
				d.shows("✓ You made ")
			}
		}
	}
}

// What is tried of one version is not shown of the other, however late the
// answer comes.
func TestOrdersOfTheOtherVersion(t *testing.T) {
	t.Parallel()
	d := sit(t, "lostupdate", 80, 24)
	broken := d.m.key("a") // and its answer is still to come
	d.press("v")
	mended := d.m.key("a")
	d.update(broken())
	d.shows("trying every order")
	d.update(mended())
	d.shows("There are 42 orders: none makes the counter end at 1.")
	for d.m.report.Outcome == nil {
		d.press("enter")
	}
	d.shows("It holds, in this order as in all others.")
}
