package walk

import (
	"slices"
	"strings"

	"gosyncio/runner/page"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// Text is what there is to read, for a screen of lines.
func (w *Walk) Text() screen.Text {
	if w.quitting {
		return screen.Text{Over: true}
	}
	style := w.style()
	head := style.Title(w.lesson.Text.Title) + ", " + w.where()
	help, ok := w.over.(*help)
	switch {
	case ok:
		return screen.Text{Lines: append([]string{help.heading}, terminal.Keys(typeable(help.keys), w.width-1)...), Keys: "enter goes on"}
	case w.watch.Live != nil:
		text := w.watch.Text()
		text.Lines = append([]string{head, w.watch.request.Heading(), ""}, text.Lines...)
		text.Now = "nqbm"
		text.Keys = "enter next, q quit, b back, m menu, c change, r again" + w.watch.pythonKey() + ", ? keys"
		if w.entry {
			text.Now, text.Keys = "qb", "enter back, q quit, c change, r again"+w.watch.pythonKey()+", ? keys"
		}
		text.Keys = w.watch.TextKeys(text.Keys)
		return text
	}
	lines, err := w.textLines(page.Width(w.width))
	if err != nil {
		lines = []string{err.Error()}
	}
	lines = append([]string{head, style.Title(w.title()), ""}, lines...)
	for _, heard := range w.heard {
		lines = append(lines, terminal.Wrap(heard, 0, page.Width(w.width))...)
	}
	keys := slices.DeleteFunc(strings.Split(w.keys(), "   "), func(key string) bool { return strings.HasPrefix(key, "tab ") })
	if w.tour.inClass() {
		keys = append(keys, "v vote", "w want help")
	}
	return screen.Text{Lines: lines, Busy: w.looking, Keys: strings.Join(keys, ", "), Numbers: true}
}

// pythonKey is the key that switches Python on and off, if there is one.
func (w *watch) pythonKey() string {
	if !w.canToggle() {
		return ""
	}
	return ", p Python"
}

// typeable are the keys that can be typed as a line: Enter, digits and
// letters.
func typeable(keys [][2]string) (found [][2]string) {
	for _, k := range keys {
		first, _, _ := strings.Cut(k[0], ",")
		if len(first) == 1 || first == "enter" || first == "digits" {
			found = append(found, [2]string{first, k[1]})
		}
	}
	return found
}

// Text is what there is to read, for a screen of lines.
func (t *typing) Text() screen.Text {
	if t.left {
		return screen.Text{Over: true}
	}
	width := max(t.width-1, 10)
	lines := terminal.Wrap(t.style.Title(t.setting.Name)+", "+t.setting.Usage, 0, width)
	lines = append(lines, "now: "+terminal.Printable(t.values.Texts()[t.setting.Name]))
	if problem := t.problem(); t.touched && problem != "" {
		lines = append(lines, terminal.Wrap(terminal.Printable(t.text)+": "+problem, 0, width)...)
	}
	return screen.Text{Lines: lines, Keys: "a value (enter leaves it as it was)", Value: true}
}

// textLines are the page with both languages, or the recap.
func (w *Walk) textLines(width int) ([]string, error) {
	if w.onRecap() {
		return w.recap(width), nil
	}
	return w.setter.Lines(page.WithoutQuestions(w.pages()[w.page]), w.view(), width)
}
