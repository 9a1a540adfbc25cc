package walk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// asked waits for a question, and returns it.
func (d *headless) asked() screen.Question {
	d.t.Helper()
	d.wait("question", func() bool { return d.question != nil })
	d.mu.Lock()
	defer d.mu.Unlock()
	return *d.question
}

// index is that of the one choice that contains the text.
func (d *headless) index(text string) int {
	d.t.Helper()
	found := -1
	for i, choice := range d.asked().Choices {
		switch {
		case strings.HasPrefix(choice.Match, text+" "): // the id of a lesson, which may stand in others' rows
			return i
		case !strings.Contains(choice.Label, text):
		case found >= 0:
			d.t.Fatalf("two choices contain %q:\n%s", text, d.text())
		default:
			found = i
		}
	}
	if found < 0 {
		d.t.Fatalf("no choice contains %q:\n%s", text, d.text())
	}
	return found
}

// fits checks that what stands on the screen fits there. Of a question it
// checks what the walk sets for the window: package screen cuts the rest.
func (d *headless) fits() {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	rows := strings.Split(d.frame, "\n")
	if d.question != nil {
		rows = d.question.Above
	} else if len(rows) > d.rows {
		d.t.Errorf("%d rows:\n%s", len(rows), d.frame)
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > d.columns {
			d.t.Errorf("%d columns: %s", ansi.StringWidth(row), row)
		}
	}
}

// certain checks that for each character on the screen that some terminals
// draw two columns wide there is one to stand for it. Each is looked at once.
func (d *headless) certain() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.frame {
		if r < utf8.RuneSelf || d.seen[r] {
			continue
		}
		d.seen[r] = true
		if terminal.Certain(string(r)) == "?" {
			d.t.Errorf("nothing stands for %q, which is of ambiguous width:\n%s", r, d.frame)
		}
	}
}

// waitFor waits until all of the texts stand on the screen at a time, and
// returns what stands there then.
func (d *headless) waitFor(texts ...string) string {
	d.t.Helper()
	return d.wait(fmt.Sprintf("%q", texts), func() bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(d.frame, text) })
	})
}

// waitForMatch waits until each of the regular expressions matches.
func (d *headless) waitForMatch(expressions ...string) string {
	d.t.Helper()
	var compiled []*regexp.Regexp
	for _, expression := range expressions {
		compiled = append(compiled, regexp.MustCompile(expression))
	}
	return d.wait(fmt.Sprintf("match of %q", expressions), func() bool {
		return !slices.ContainsFunc(compiled, func(e *regexp.Regexp) bool { return !e.MatchString(d.frame) })
	})
}

// settled waits until the texts stand on the screen and the program waits
// for nothing but keys.
func (d *headless) settled(texts ...string) string {
	d.t.Helper()
	return d.wait(fmt.Sprintf("rest with %q", texts), func() bool {
		return d.pending == 0 && !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(d.frame, text) })
	})
}

// wait waits until ok holds, which is called with d.mu held.
func (d *headless) wait(what string, ok func() bool) string {
	d.t.Helper()
	defer time.AfterFunc(patience, func() { d.set(func() { d.late = true }) }).Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for !ok() {
		if d.late || d.over {
			d.t.Fatalf("no %s; over: %v, %v\n%s", what, d.over, d.err, d.frame)
		}
		d.changed.Wait()
	}
	return d.frame
}

// walking is the walk that runs, or did last.
func (d *headless) walking() *Walk {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.model.(*Walk)
}

// text is what stands on the screen.
func (d *headless) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.frame
}

// ends waits for the end and returns how it was.
func (d *headless) ends() error {
	d.t.Helper()
	defer time.AfterFunc(patience, func() { d.set(func() { d.late = true }) }).Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.over {
		if d.late {
			d.t.Fatalf("it does not end:\n%s", d.frame)
		}
		d.changed.Wait()
	}
	return d.err
}

// state is what has been kept of the learner, once it has been left.
func (d *headless) state() *progress.State {
	d.t.Helper()
	state, notice, err := progress.Open(d.journal).Load()
	if err != nil || notice != "" {
		d.t.Fatal(notice, err)
	}
	return state
}
