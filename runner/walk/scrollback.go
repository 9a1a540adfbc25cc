package walk

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/fault"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// Watch plays a request live, in the scrollback, and leaves its last frame
// there. With keys it goes on until the learner leaves it; without, it ends
// with the runs. The error is fault.ErrRunFailed if a run failed.
func Watch(ctx context.Context, s screen.Any, p *player.Player, r plan.Request, keys bool) error {
	w := newWatch(ctx, p, s.Colours())
	defer w.Close()
	w.request = r
	w.open(stage.Options{
		Title:     r.Lesson.ID,
		Caption:   r.StageCaption(),
		KeysGoing: "q quit   ? keys",
		KeysEnded: "enter done   ? keys",
	})
	if err := s.Run(ctx, &scrollback{watch: w, alone: !keys}, keys); err != nil {
		return err
	}
	if w.Live.Failed() != "" {
		return fault.ErrRunFailed
	}
	return nil
}

// scrollback is the model of a stage in the scrollback.
type scrollback struct {
	watch         *watch
	alone         bool // nobody can press keys
	width, height int
	leaving       bool
	help          *help // the list of keys, while it is shown
}

func (m *scrollback) Init() tea.Cmd { return m.watch.start() }

func (m *scrollback) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = terminal.SizeOr(msg.Width, msg.Height)
		return m, nil
	case tea.ResumeMsg:
		if m.watch.Ended() {
			return m, nil
		}
		return m, m.watch.start() // again: nobody was there to note when they said what
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case m.help != nil:
			m.help = nil
			return m, nil
		case m.watch.Exporter.Asks() != "":
			cmd, _ := m.watch.Update(msg)
			return m, cmd
		case key == "?" && !m.leaving:
			m.help = &help{"The keys of a run", append(m.watch.keys(), append([][2]string{
				{"enter", "done, when the runs have ended"},
			}, keysEverywhere(true)...)...)}
			return m, nil
		case m.leaving:
			return m, nil // a key that overtook the end
		case key == "q", key == "enter" && m.watch.Ended():
			m.leaving = true
			return m, tea.Quit
		}
	}
	cmd, _ := m.watch.update(msg)
	if m.alone && m.watch.Done() {
		m.leaving = true
		return m, tea.Quit
	}
	return m, cmd
}

// Text is what there is to read, for a screen of lines.
func (m *scrollback) Text() screen.Text {
	text := m.watch.Text()
	text.Now, text.Keys, text.Over = "q", m.watch.TextKeys("enter done, r again"+m.watch.pythonKey()), m.leaving
	return text
}

func (m *scrollback) View() tea.View {
	if m.width == 0 {
		return tea.NewView("")
	}
	lines := m.watch.Live.Lines(m.width, m.height-1)
	switch {
	case m.help != nil:
		lines = m.help.lines(m.watch.Palette.Style, m.width, min(m.height-1, len(m.help.keys)+4))
	case m.leaving:
		// Bubble Tea clears the line on which it leaves the cursor.
		lines = append(m.watch.Live.Final(m.width, m.height-1), "")
	}
	return tea.NewView(strings.Join(lines, "\n"))
}
