package walk

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/dictionary"
	"gosyncio/runner/page"
	"gosyncio/runner/prompt"
)

// lookingUp is for start: it shows what a word of the dictionary finds.
func lookingUp(t *testing.T, word string) func(context.Context, *Tour) error {
	t.Helper()
	d := words(t)
	found := d.Entries
	if word != "" {
		var err error
		if found, err = d.Find(word); err != nil {
			t.Fatal(err)
		}
	}
	return func(ctx context.Context, tour *Tour) error { return tour.Dictionary(ctx, d, found) }
}

func words(t *testing.T) dictionary.Dictionary {
	t.Helper()
	d, err := dictionary.Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// From a page a word is looked up and run, and then the page is there again.
func TestAWordIsLookedUpFromAPage(t *testing.T) {
	t.Parallel()
	d := atPage(t, 2, headlessOptions{})
	d.press("?")
	d.waitFor("looks a word up in the dictionary")
	d.press("x", "d")
	d.waitFor("Which of ", "Type a word of either language.")
	d.choose("StreamReader.readexactly")
	d.waitFor("StreamReader.readexactly", "What differs:")
	d.toEnd("enter run")
	d.press("enter")
	d.waitFor("exact · Go", "enter back", "only 3 bytes came")
	if strings.Contains(d.frame, "m menu") {
		t.Error("there is a menu")
	}
	d.press("enter")
	d.waitFor("enter run")
	d.press("m", "n")
	d.waitFor("page 2 of")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	if state := d.state(); len(state.Runs) > 0 || len(state.Lessons) != 1 {
		t.Errorf("of the dictionary was noted: %+v, %+v", state.Runs, state.Lessons)
	}
}

func TestKeysThatLeaveAnEntry(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"b", "backspace", "esc", "n"} {
		d := start(t, headlessOptions{}, lookingUp(t, "gather"))
		d.waitFor("gather", "an entry")
		d.press(key)
		if err := d.ends(); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// b turns back within an entry, and leaves it only at its beginning.
func TestTurningBackWithinAnEntry(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, lookingUp(t, "semaphor"))
	d.choose("Semaphore, ")
	d.waitFor("enter more", "What differs:")
	d.press("enter")
	d.wait("the second part", func() bool { return !strings.Contains(d.frame, "What differs:") })
	d.press("b")
	d.waitFor("What differs:")
	d.press("b")
	d.waitFor("Which of 2?")
	if q := d.asked(); !strings.HasPrefix(q.Choices[q.Current].Label, "Semaphore") {
		t.Errorf("the cursor stands on %s", q.Choices[q.Current].Label)
	}
	d.reply(answer{err: prompt.ErrBack})
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// An entry that runs nothing says why, and Enter leads back.
func TestAnEntryThatRunsNothing(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, lookingUp(t, "get_event_loop_policy"))
	d.toEnd("enter back")
	if !strings.Contains(d.frame, "Nothing runs here:") {
		t.Errorf("it does not say why:\n%s", d.frame)
	}
	d.press("enter")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// From an entry another one is looked up.
func TestAnEntryLeadsToAnother(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, lookingUp(t, "gather"))
	d.waitFor("an entry")
	d.press("d")
	d.choose("LifoQueue")
	d.waitFor("LifoQueue", "an entry")
	d.press("b")
	d.waitFor("gather", "an entry")
	d.press("d")
	d.reply(answer{err: prompt.ErrBack})
	d.waitFor("gather", "an entry")
	d.press("q")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
}

// Nothing is asked before a room.
func TestNoWordIsLookedUpBeforeARoom(t *testing.T) {
	t.Parallel()
	d := start(t, headlessOptions{}, present)
	d.waitFor("page 1 of")
	d.press("d")
	d.waitFor("page 1 of")
	d.press("?")
	if shown := d.waitFor("The keys of a page"); strings.Contains(shown, "dictionary") {
		t.Errorf("it offers the dictionary:\n%s", shown)
	}
}

// Every entry fits a window, and a row of its list.
func TestEntriesFitAWindow(t *testing.T) {
	t.Parallel()
	const prose = 18 // lines, so that the code begins on the first screen
	for _, e := range words(t).Entries {
		at := fmt.Sprintf("content/dictionary/entries.yaml:%d", e.Line)
		lesson, err := dictionary.Lesson(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, columns := range []int{20, 40, 80, 120} {
			if row := entryRow(e, columns); ansi.StringWidth("> "+row) >= columns {
				t.Errorf("%s: its row is too wide: %s", at, row)
			}
		}
		for _, columns := range []int{80, 120} {
			sheet, err := page.New(lesson, false).Sheet(lesson.Text.Pages[0], page.View{}, page.Width(columns))
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range append(sheet.Lines, sheet.Other...) {
				if strings.HasSuffix(line, "…") || ansi.StringWidth(line) > page.Width(columns) {
					t.Errorf("%s: line %d is too wide for %d columns: %s", at, i+1, columns, line)
				}
				if code := strings.Contains(line, "──"); columns == 80 && code && i > prose && i < len(sheet.Lines) {
					t.Errorf("%s: %d lines of prose", at, i)
				}
			}
		}
		if title := lesson.Text.Pages[0].Title; ansi.StringWidth(title) > page.Width(80) {
			t.Errorf("%s: its title is too wide: %s", at, title)
		}
	}
}

// Where lines are told, a word is typed before entries are listed.
func TestAWordThatIsTyped(t *testing.T) {
	t.Parallel()
	w := &wording{dictionary: words(t)}
	send := func(msgs ...tea.Msg) (quit bool) {
		for _, msg := range msgs {
			_, cmd := w.Update(msg)
			quit = quits(cmd)
		}
		return quit
	}
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	send(tea.WindowSizeMsg{Width: 80, Height: 1000})
	if send(tea.PasteMsg{Content: "gahter"}, enter) || w.Text().Over {
		t.Fatal("it quits for a word that is not there")
	}
	if said := strings.Join(w.Text().Lines, " "); !strings.Contains(said, "did you mean gather") {
		t.Errorf("it says %q", said)
	}
	if !send(tea.PasteMsg{Content: "gather"}, enter) || !w.Text().Over || len(w.found) != 1 {
		t.Errorf("it finds %d entries", len(w.found))
	}
	w = &wording{dictionary: words(t)}
	if !send(tea.KeyPressMsg{Code: tea.KeyEscape}) || len(w.found) != 0 {
		t.Error("Esc does not leave it")
	}
}
