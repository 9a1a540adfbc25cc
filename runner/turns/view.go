package turns

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"gosyncio/lessons/schedules"
	engine "gosyncio/lessons/verify/schedule"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
	"gosyncio/runner/typeset"
)

// View draws the program.
func (m *Model) View() tea.View {
	view := tea.View{AltScreen: true}
	if m.quitting {
		return view
	}
	style := terminal.NewStyle(m.colours)
	all := schedules.All()
	i := slices.IndexFunc(all, func(p schedules.Program) bool { return p.Name == m.program.Name })
	lines := []string{" " + style.Title(m.program.Title) + style.Faint(fmt.Sprintf("   program %d of %d, %s", i+1, len(all), version(m.mended))), " " + m.goal(), ""}
	lines = append(lines, m.shown(style)...)
	for len(lines) < m.height-2 {
		lines = append(lines, "")
	}
	lines = append(lines[:max(m.height-2, 0)], "", style.Faint(" "+m.foot()))
	for i, line := range lines {
		lines[i] = ansi.Truncate(line, m.width, "…")
	}
	view.SetContent(strings.Join(lines[:min(len(lines), max(m.height, 0))], "\n"))
	return view
}

// shown is what there is room for between the head and the foot: if not for
// all, then for the code around the line of who is chosen, or where the learner
// has scrolled to from there.
func (m *Model) shown(style terminal.Style) []string {
	const fewest = 3 // lines of code that are of use
	above, code, focus := m.body(style)
	if m.space()-len(above) < fewest {
		above, code, focus = nil, append(above, code...), 0
	}
	room := m.space() - len(above)
	most := max(len(code)-room, 0)
	usual := min(max(focus-room/2, 0), most)
	from := min(max(usual+m.scroll, 0), most)
	m.scroll = from - usual
	return append(above, code[from:min(from+room, len(code))]...)
}

func (m *Model) goal() string {
	if m.mended {
		return "Mended: can you still make " + m.program.Goal + "? a tries all orders."
	}
	return "Make " + m.program.Goal + ": choose who goes next."
}

// foot is the line of keys, as many as there is room for.
func (m *Model) foot() string {
	other, twin := "v mended", "p Python"
	if m.mended {
		other = "v broken"
	}
	if m.python {
		twin = "p Go"
	}
	const last = "   ? keys"
	foot := "↑↓ choose"
	for _, key := range []string{"enter go", "u undo", "a all", other, twin, "q quit", "n next", "r anew"} {
		if longer := foot + "   " + key; ansi.StringWidth(longer+last) < m.width {
			foot = longer
		}
	}
	return foot + last
}

func allKeys() [][2]string {
	return append([][2]string{
		{"up, down", "choose a goroutine"},
		{"enter, space, right", "it goes on, to its next step"},
		{"1 to 4", "the goroutine in that row goes on"},
		{"u, left", "takes a step back"},
		{"r", "begins anew"},
		{"a", "tries every order, and says how many there are"},
		{"v", "the mended version, the broken one"},
		{"p", "the same in Python, and what differs"},
		{"n, b", "the next program, the one before"},
		{"pgup, pgdown", "scroll"},
		{"q, esc", "back to where you came from, or out"},
	}, terminal.KeysEverywhere()...)
}

// lines are what stands between the head and the foot.
func (m *Model) lines(style terminal.Style) []string {
	above, code, _ := m.body(style)
	return append(above, code...)
}

// body is what stands above the code, the code, and the index of its line at
// which who is chosen stands.
func (m *Model) body(style terminal.Style) (above, code []string, focus int) {
	width := max(min(m.width, 100)-2, 20)
	if m.help {
		return nil, terminal.Indented(append([]string{style.Title("The keys"), ""}, terminal.Keys(allKeys(), width)...), 1), 0
	}
	if m.python {
		lines := append(terminal.Wrap(m.program.Differs, 0, width), "")
		return nil, terminal.Indented(append(lines, typeset.Prose("```python\n"+string(m.program.Python())+"```", width, m.colours)...), 1), 0
	}
	if m.err != nil {
		above = append(terminal.Problem(m.err, style, width), "")
	}
	if m.orders != nil || m.trying {
		above = append(append(above, terminal.Wrap(m.tried(), 0, width)...), "")
	}
	if m.report != nil {
		above = append(above, m.standing(style, width)...)
	}
	code, focus = m.code(style)
	return terminal.Indented(append(above, ""), 1), terminal.Indented(code, 1), focus
}

// tried says what came of all orders.
func (m *Model) tried() string {
	if m.orders == nil {
		return "trying every order…"
	}
	return Orders(*m.orders, m.program)
}

// standing is where the goroutines stand, and what they share.
func (m *Model) standing(style terminal.Style, width int) []string {
	r := m.report
	var lines []string
	for i, step := range r.At {
		mark, row := "  ", fmt.Sprintf("%-12s line %3d  %s", Goroutine(step.Goroutine), step.Line, m.what(step))
		if i == m.chosen {
			mark, row = "> ", style.Title(row)
		}
		lines = append(lines, mark+row)
	}
	for _, step := range r.Waits {
		lines = append(lines, style.Faint(fmt.Sprintf("  %-12s line %3d  %s   (waits)", Goroutine(step.Goroutine), step.Line, m.line(step.Line))))
	}
	if len(r.At) == 1 && len(r.Waits) == 0 {
		lines = append(lines, style.Faint("  no other goroutine can go on now"))
	}
	if r.Outcome != nil {
		lines = append(lines, terminal.Wrap(m.ended(style), 0, width)...)
	}
	lines = append(lines, "", style.Title(r.State))
	if len(r.Steps) > 0 {
		lines = append(lines, terminal.Wrap("so far: "+Steps(r.Steps), 0, width)...)
	}
	return lines
}

// ended says how the program has ended.
func (m *Model) ended(style terminal.Style) string {
	text := Outcome(*m.report.Outcome)
	switch reached := m.program.Reached(*m.report.Outcome); {
	case reached && !m.mended:
		return style.Good("✓ You made "+m.program.Goal+".") + " " + text + " Press v to try the mended version."
	case reached:
		return style.Bad("The mended version is broken.") + " " + text
	}
	if m.mended && m.orders != nil && m.orders.Reached == 0 && !m.orders.More {
		return text + " It holds, in this order as in all others."
	}
	return text + " That is not it yet: u takes a step back, r begins anew."
}

// what is the code of a step. A statement that reads and writes has two.
func (m *Model) what(step engine.Step) string {
	text := m.line(step.Line)
	var last engine.Step
	for _, s := range m.report.Steps {
		if s.Goroutine == step.Goroutine {
			last = s
		}
	}
	switch {
	case !splits(text) && last.Line == step.Line:
		return text + "   (begun, not done yet)"
	case !splits(text):
		return text
	case last.Line == step.Line:
		return text + "   (has read, writes next)"
	}
	return text + "   (reads next)"
}

// splits reports whether a line reads and writes in two steps.
func splits(line string) bool {
	for _, sign := range []string{"++", "--", "+=", "-="} {
		if strings.Contains(line, sign) {
			return true
		}
	}
	return false
}

func (m *Model) line(number int) string {
	lines := strings.Split(string(m.program.Go()), "\n")
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[number-1])
}

// code is the version that is played, with who stands at which line, and the
// index of the line of who is chosen.
func (m *Model) code(style terminal.Style) (lines []string, focus int) {
	first, last := m.extent()
	at := map[int]string{}
	if m.report != nil {
		for i, step := range m.report.At {
			at[step.Line] += Goroutine(step.Goroutine)[:1]
			if i == m.chosen {
				focus = max(step.Line-first, 0)
			}
		}
		for _, step := range m.report.Waits {
			at[step.Line] += Goroutine(step.Goroutine)[:1]
		}
	}
	for i, text := range strings.Split(string(m.program.Go()), "\n") {
		number := i + 1
		if number < first || number > last {
			continue
		}
		row := fmt.Sprintf("%3s %3d  %s", at[number], number, strings.ReplaceAll(text, "\t", "    "))
		if at[number] != "" {
			row = style.Title(row)
		}
		lines = append(lines, row)
	}
	return lines, focus
}

// extent is where the version that is played stands in the file.
func (m *Model) extent() (first, last int) {
	lines := strings.Split(string(m.program.Go()), "\n")
	mended := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "// Mended ") }) + 1
	broken := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "// Broken ") }) + 1
	state := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "// State ") }) + 1
	switch {
	case m.mended:
		return mended, state - 2
	case strings.Contains(string(m.program.Go()), "\nfunc ask("): // that both versions call
		return broken, state - 2
	}
	return broken, mended - 2
}

// Text is what there is to read, for a screen of lines.
func (m *Model) Text() screen.Text {
	if m.quitting {
		return screen.Text{Over: true}
	}
	lines := append([]string{m.program.Title + ", " + version(m.mended), m.goal(), ""}, m.lines(terminal.NewStyle(false))...)
	return screen.Text{
		Lines: lines, Busy: m.looking || m.trying, Now: "qm",
		Keys: "1 to 4 and enter let one go, u undo, r anew, a all orders, v mended or broken, p Python, n next, b back, q quit",
	}
}
