//go:build unix

package runner

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// look is called for each change of the screen, however short it stands, with
// w.mu held: what a test waits for is found the first time it is there, and
// not only where the machine lets the test look in time.
func (w *window) look() {
	if w.awaited != nil && !w.screen.Updating() && w.awaited() {
		w.awaited, w.shown = nil, w.screen.Text()
	}
}

// waitFor waits until all of the texts are on the screen at a time, and
// returns what is on it then.
func (w *window) waitFor(texts ...string) string {
	w.t.Helper()
	return w.waitUntil(fmt.Sprintf("%q", texts), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// waitForMatch waits until each of the regular expressions matches the
// screen.
func (w *window) waitForMatch(expressions ...string) string {
	w.t.Helper()
	compiled := make([]*regexp.Regexp, len(expressions))
	for i, expression := range expressions {
		compiled[i] = regexp.MustCompile(expression)
	}
	return w.waitUntil(fmt.Sprintf("match of %q", expressions), func(screen string) bool {
		for _, expression := range compiled {
			if !expression.MatchString(screen) {
				return false
			}
		}
		return true
	})
}

// waitUntil waits until ok holds for what is on the screen.
func (w *window) waitUntil(what string, ok func(screen string) bool) string {
	w.t.Helper()
	return w.wait(what, func() bool { return ok(w.screen.Text()) })
}

// settled waits until nothing is drawn any more, and returns what is on the
// screen then.
func (w *window) settled() string {
	w.t.Helper()
	whole := func() string { return w.waitUntil("whole frame", func(string) bool { return true }) }
	for before := whole(); ; {
		time.Sleep(500 * time.Millisecond)
		after := whole()
		if after == before {
			return after
		}
		before = after
	}
}

// wait waits until ok holds, which is called for each change of the screen,
// but not in the middle of a frame that the program has marked as such. It
// returns what was on the screen then.
func (w *window) wait(what string, ok func() bool) string {
	w.t.Helper()
	defer w.hurry().Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.awaited = ok
	for w.look(); w.awaited != nil; w.look() {
		if w.ended || w.late {
			w.t.Fatalf("no %s; the program: %q\n%s", what, w.state, w.describe())
		}
		w.drawn.Wait()
	}
	return w.shown
}

// hurry ends waiting when patience has passed.
func (w *window) hurry() *time.Timer {
	return time.AfterFunc(patience, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.late = true
		w.drawn.Broadcast()
	})
}

// hangUp closes the window and waits for the program's end. It returns how
// it ended.
func (w *window) hangUp() string {
	w.t.Helper()
	w.keyboard.Close()
	defer w.hurry().Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.state == "" && !w.late {
		w.drawn.Wait()
	}
	if w.late {
		w.t.Fatalf("goes on without a terminal\n%s", w.describe())
	}
	return w.state
}

// describe is the screen in a frame, with w.mu held.
func (w *window) describe() string {
	columns, rows := w.screen.Size()
	var b strings.Builder
	fmt.Fprintf(&b, "+%s+ %d×%d\n", strings.Repeat("-", columns), columns, rows)
	for _, row := range w.screen.Rows() {
		fmt.Fprintf(&b, "|%s%s|\n", row, strings.Repeat(" ", max(0, columns-len([]rune(row)))))
	}
	fmt.Fprintf(&b, "+%s+\n", strings.Repeat("-", columns))
	raw := w.screen.Written()
	fmt.Fprintf(&b, "last written: %q", raw[max(0, len(raw)-300):])
	return b.String()
}
