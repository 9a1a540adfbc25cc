package walk

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/export"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/show"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// Open shows runs that were recorded, until the learner leaves them. The error
// is that of screen.Any.Run.
func Open(ctx context.Context, s screen.Any, d *export.Document, snapshot player.Snapshot) error {
	m := newOpened(d, snapshot, s.Colours())
	defer m.exporter.Wait()
	return s.Run(ctx, m, true)
}

// opened is the model of a recording on the stage.
type opened struct {
	document *export.Document
	recorded *stage.Recorded
	live     *stage.Live
	exporter show.Exporter
	palette  stage.Palette
	speed    int // an index of slownesses
	help     *help

	width, height int
	leaving       bool
}

// slownesses are how many times slower than it was made a recording can be
// played.
var slownesses = []int{1, 2, 4, 10}

func newOpened(d *export.Document, snapshot player.Snapshot, colours bool) *opened {
	m := &opened{document: d, recorded: stage.NewRecorded(snapshot), palette: stage.NewPalette(colours), width: 80, height: 24}
	m.live = stage.NewLive(stage.Options{
		Title: d.Title(), Position: "recorded", Caption: d.Caption(), Palette: m.palette,
		KeysEnded: "q quit   ? keys", MoreEnded: "   r play   s slower",
		Fill: true,
	})
	m.live.Show(m.recorded)
	return m
}

func (m *opened) Init() tea.Cmd { return m.live.Resume() }

func (m *opened) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = terminal.SizeOr(msg.Width, msg.Height)
		return m, nil
	case tea.KeyPressMsg:
		if m.leaving {
			return m, nil
		}
		if m.help != nil {
			m.help = nil
			return m, nil
		}
	}
	if cmd, handled := m.exporter.Update(msg, m.live, func() *export.Document { return m.document }); handled {
		return m, cmd
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if cmd, handled := m.key(key.String()); handled {
			return m, cmd
		}
	}
	cmd, _ := m.live.Update(msg)
	return m, cmd
}

func (m *opened) key(key string) (cmd tea.Cmd, handled bool) {
	switch key {
	case "q", "enter":
		m.leaving = true
		return tea.Quit, true
	case "?":
		m.help = &help{"The keys of a recording", slices.Concat([][2]string{
			{"r", "plays it again, all runs together"},
			{"s", "slower: 2, 4 and 10 times, and then as it was"},
		}, show.Keys(), keysEverywhere(true))}
		return nil, true
	case "s":
		m.speed = (m.speed + 1) % len(slownesses)
	case "r":
	default:
		return nil, false
	}
	return m.live.Replay(slownesses[m.speed]), true
}

// Text is what there is to read, for a screen of lines.
func (m *opened) Text() screen.Text {
	if m.leaving {
		return screen.Text{Over: true}
	}
	if m.help != nil {
		return screen.Text{Lines: append([]string{m.help.heading}, terminal.Keys(typeable(m.help.keys), m.width-1)...), Keys: "enter goes on"}
	}
	text := screen.Text{Lines: stage.NewTranscript(m.recorded).Lines(), Now: "q", Keys: m.exporter.TextKeys("enter done")}
	for _, note := range m.live.Notes() {
		text.Lines = append(text.Lines, terminal.Wrap(note, 0, 79)...)
	}
	return text
}

func (m *opened) View() tea.View {
	lines := m.live.Lines(m.width, m.height)
	if m.help != nil {
		lines = m.help.lines(m.palette.Style, m.width, m.height)
	}
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen = true
	return view
}
