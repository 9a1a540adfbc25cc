package prompt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gosyncio/runner/terminal"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"
)

// begin is the part of the screen that may be drawn on.
func (o Options) begin() (rows, columns int) {
	var most struct{ rows, columns int }
	if o.Begin != nil {
		most.rows, most.columns = o.Begin()
	}
	columns, rows, err := term.GetSize(int(o.Out.Fd()))
	if err != nil || columns <= 0 || rows <= 0 {
		columns, rows = cmp.Or(max(0, most.columns), 80), cmp.Or(max(0, most.rows), 24)
	}
	if most.columns > 0 {
		columns = min(columns, most.columns)
	}
	if most.rows > 0 {
		rows = min(rows, most.rows)
	}
	return rows, columns
}

// A kind of question: how many choices may be its answer?
type kind int

const (
	one kind = iota
	several
)

// lead is how many columns stand before a label: the cursor, and the mark.
func (k kind) lead() int {
	if k == several {
		return len("> [x] ")
	}
	return len("> ")
}

// hints say what the keys do, the fullest first.
func (k kind) hints() []string {
	if k == several {
		return []string{
			"arrows move, type to filter, space marks, enter goes on, q quits, ? keys",
			"type to filter, space marks, enter goes on, ? keys",
			"space marks, enter goes on",
			"space, enter, ? keys",
			"space, enter",
		}
	}
	return []string{
		"arrows move, type to filter, enter chooses, q quits, ? keys",
		"arrows, type to filter, enter, ? keys",
		"arrows, enter, ? keys",
		"arrows, enter",
	}
}

// A layout is a question fitted to the screen. No line of it is as wide as
// the screen, if that is wider than what stands before the labels, and all
// of it with the cursor below is not higher: survey counts lines to draw
// over them.
type layout struct {
	question []string
	labels   []string // of one or more lines
	hints    []string // for the line below the question, nil if there is none
	page     int      // how many labels are shown at a time
	current  int      // the choice that the cursor stands on while nothing is typed

	show    func(string) string // a text as the terminal can show it
	width   int
	texts   []string // what typing looks in, in lower case
	typed   string   // the filter
	matches int      // how many choices it lets through
	emptied bool     // has matches ever been 0?
}

func fit(k kind, question string, choices []Choice, rows, columns int) *layout {
	l := &layout{show: func(text string) string { return text }, width: max(1, columns-1), matches: len(choices)}
	lines := max(1, rows-1) // one is left for the cursor
	l.question = wrap(question, l.width)
	if surplus := len(l.question) - max(1, lines-1); surplus > 0 {
		l.question = l.question[surplus:] // what is asked stands at the end
		l.question[0] = cut("… "+l.question[0], l.width)
	}
	lines -= len(l.question)
	if lines > 1 {
		l.hints = k.hints()
		lines--
	}
	var heights []int
	for _, c := range choices {
		label := wrap(c.Label, l.width-k.lead())
		if most := max(1, lines); len(label) > most {
			label = label[:most]
			label[most-1] = cut(label[most-1]+" …", l.width-k.lead())
		}
		heights = append(heights, len(label))
		l.labels = append(l.labels, strings.Join(label, "\n"+strings.Repeat(" ", k.lead())))
		l.texts = append(l.texts, strings.ToLower(plain(c.Label)+"\x00"+c.Match))
	}
	l.page = page(heights, lines)
	if l.page < len(choices) {
		for i, hint := range l.hints {
			l.hints[i] = strings.Replace(hint, "arrows move", "arrows show more", 1)
		}
	}
	return l
}

// page is how many choices of these heights, whichever it is that a filter
// leaves, fit in so many lines; at least one.
func page(heights []int, lines int) (page int) {
	slices.Sort(heights)
	for _, height := range slices.Backward(heights) {
		if lines -= height; lines < 0 {
			break
		}
		page++
	}
	return max(1, page)
}

// Rows is how many rows of a window with so many columns a question takes
// that may have several answers, with all its choices and the cursor below.
func Rows(question string, choices []Choice, columns int) int {
	const endless, hintAndCursor = 10_000, 2
	l := fit(several, question, choices, endless, columns)
	rows := len(l.question) + hintAndCursor
	for _, label := range l.labels {
		rows += 1 + strings.Count(label, "\n")
	}
	return rows
}

// shown are the labels as the terminal can show them.
func (l *layout) shown() []string {
	shown := make([]string, len(l.labels))
	for i, label := range l.labels {
		shown[i] = l.show(label)
	}
	return shown
}

// match reports whether the filter lets a choice through. A number is looked
// for at the beginning: it is that of a choice, and not of the minutes it takes.
func (l *layout) match(filter string, index int) bool {
	if isNumber(filter) {
		return strings.HasPrefix(l.texts[index], filter)
	}
	return strings.Contains(l.texts[index], strings.ToLower(filter))
}

func isNumber(filter string) bool { return filter != "" && strings.Trim(filter, "0123456789") == "" }

// best is the row, of the choices that match what has been typed, that the
// cursor belongs in: that of the number that was typed, or else the first.
func (l *layout) best() int {
	if l.typed == "" {
		return l.current
	}
	row := 0
	for i, text := range l.texts {
		if !l.match(l.typed, i) {
			continue
		}
		if isNumber(l.typed) && strings.IndexAny(text, " \x00") == len(l.typed) {
			return row
		}
		row++
	}
	return 0
}

// status is the line below the question: what the keys do, or what has
// been typed and how much that leaves. It is "" if there is no such line.
func (l *layout) status(filter string) string {
	l.typed, l.matches = filter, 0
	for i := range l.texts {
		if l.match(filter, i) {
			l.matches++
		}
	}
	l.emptied = l.emptied || l.matches == 0
	if l.hints == nil {
		return ""
	}
	if filter == "" {
		for _, hint := range l.hints {
			if len(hint) <= l.width {
				return hint
			}
		}
		return " "
	}
	found := "  nothing matches (backspace)"
	if l.matches > 0 {
		found = fmt.Sprintf("  %d of %d", l.matches, len(l.texts))
	}
	line := "filter: " + filter
	if room := l.width - len(found); widthOf(line) > room && room > len("filter: …") {
		line = "filter: …" + end(filter, room-len("filter: .")) // the end is what is being typed
	}
	return cut(line+found, l.width)
}

// wrap sets a text in lines of at most width columns. Where there is no room
// for a character it is an empty one.
func wrap(text string, width int) []string {
	if width < 1 {
		return []string{""}
	}
	lines := strings.Split(ansi.Wrap(plain(text), width, ""), "\n")
	for i, line := range lines {
		lines[i] = cut(strings.TrimRight(line, " "), width)
	}
	return lines
}

// plain is a text that can be shown, without spaces at its end.
func plain(text string) string { return strings.TrimRight(terminal.Printable(text), " ") }

// cut is a text in at most width columns, with a '…' at its end if that is
// not all of it.
func cut(text string, width int) string {
	if widthOf(text) <= width {
		return text
	}
	used := 0
	for i, r := range text {
		if used+columnsOf(r) > width-1 {
			if width < 1 {
				return ""
			}
			return text[:i] + "…"
		}
		used += columnsOf(r)
	}
	return text
}

// end is the end of a text that has at most width columns.
func end(text string, width int) string {
	for widthOf(text) > width {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return text
}

func widthOf(text string) int {
	width := 0
	for _, r := range text {
		width += columnsOf(r)
	}
	return width
}

// columnsOf is how many columns a character takes at most. Terminals and
// survey do not agree on characters that are put together from several;
// none gives them more than this.
func columnsOf(r rune) int { return max(1, ansi.StringWidth(string(r))) }
