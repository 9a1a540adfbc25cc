package screen

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/prompt"
)

// A Text is what a model has to say where its View cannot be shown.
type Text struct {
	// Lines are what there is to read. As long as they only grow, those that
	// were told are not told again.
	Lines []string
	// Busy says that more lines are about to come by themselves. Of what is
	// typed meanwhile, only the letters in Now are heard at once.
	Busy bool
	Now  string
	// Over says that the model is about to quit, and hears no more keys.
	Over bool
	// Keys say what can be typed.
	Keys string
	// Value says that a value is typed, and not a key. Enter alone is Esc then.
	Value bool
	// Numbers says that a number is one of a page, to which Enter goes. Else a
	// digit is a key like others.
	Numbers bool
}

// A Speaker is a model that can be told in lines of text, as everything can
// that stands on a screen.
type Speaker interface {
	tea.Model
	Text() Text
}

// Run runs a model until it quits, ctx ends or, if keys are asked for, the
// input ends. A letter and Enter is the key of that
// letter, a number goes to the page with that number, Enter alone is Enter.
// The error is prompt.ErrInterrupted for an interrupt, prompt.ErrQuit for the
// end of the input, or what ended ctx.
func (l *Lines) Run(ctx context.Context, m Speaker, keys bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &teller{lines: l, speaker: m, keys: keys}
	t.read = func() tea.Msg {
		text, err := l.line(ctx)
		return typedLine{text, err}
	}
	var ended error
	program := tea.NewProgram(t,
		tea.WithoutSignalHandler(), tea.WithoutRenderer(), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithEnvironment(l.streams.Environ),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if _, ok := msg.(tea.InterruptMsg); ok {
				ended = prompt.ErrInterrupted
				return tea.QuitMsg{}
			}
			return msg
		}))
	defer context.AfterFunc(ctx, program.Quit)()
	_, err := program.Run()
	l.unread(t.held)
	if t.asked != "" {
		l.print() // behind what could have been typed
	}
	if err != nil {
		return err
	}
	if ended == nil {
		ended = t.err
	}
	if ended == nil {
		ended = context.Cause(ctx)
	}
	return ended
}

// A teller shows a speaker in lines of text. Bubble Tea runs it, and draws
// nothing.
type teller struct {
	lines   *Lines
	speaker Speaker
	keys    bool    // somebody may type
	read    tea.Cmd // waits for a line

	ready   bool     // the speaker knows the window
	text    Text     // what it had to say when that was told last
	told    []string // of what there is to read
	asked   string   // what was said can be typed; "" if nothing has been since the last line
	reading bool     // somebody waits for a line
	held    *typedLine
	err     error // why it ends
}

func (t *teller) Init() tea.Cmd { return t.speaker.Init() }

func (t *teller) View() tea.View { return tea.View{} }

func (t *teller) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmds []tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg: // of nothing
		columns, rows := t.lines.Size()
		cmds = append(cmds, t.update(tea.WindowSizeMsg{Width: columns, Height: rows}))
		t.ready = true
	case typedLine:
		t.reading, t.held = false, &msg
	default:
		cmds = append(cmds, t.update(msg))
	}
	if t.ready {
		cmds = append(cmds, t.tell())
		for t.hears() {
			cmds = append(cmds, t.take(), t.tell())
		}
	}
	return t, tea.Batch(cmds...)
}

func (t *teller) update(msg tea.Msg) tea.Cmd {
	m, cmd := t.speaker.Update(msg)
	t.speaker = m.(Speaker)
	return cmd
}

// hears reports whether the line that was typed can be handed to the speaker.
// As long as that is busy most are held: nobody types them to miss what is
// being told. It goes by what was told, for the speaker may have ended since.
func (t *teller) hears() bool {
	if t.held == nil || t.err != nil {
		return false
	}
	atOnce := len(t.held.text) == 1 && strings.Contains(t.text.Now, t.held.text)
	return !t.text.Over && (!t.text.Busy || atOnce)
}

// take hands the speaker the line that was typed.
func (t *teller) take() tea.Cmd {
	typed := *t.held
	t.held = nil
	if t.asked != "" {
		t.lines.endLine(typed.err)
	}
	t.asked = ""
	if typed.err != nil {
		t.err = typed.err
		return tea.Quit
	}
	msgs := messages(typed.text, t.text)
	switch {
	case msgs == nil && t.text.Numbers:
		t.err = t.lines.print("that is no key: type a letter, or the number of a page")
	case msgs == nil:
		t.err = t.lines.print("that is no key: type one of " + t.text.Keys)
	}
	var cmds []tea.Cmd
	for _, msg := range msgs {
		cmds = append(cmds, t.update(msg))
	}
	return tea.Batch(cmds...)
}

// tell prints what is new, and waits for a line if nobody does.
func (t *teller) tell() tea.Cmd {
	t.text = t.speaker.Text()
	text := t.text
	if text.Over || t.err != nil {
		return nil
	}
	fresh := text.Lines
	same := len(fresh) >= len(t.told) && slices.Equal(fresh[:len(t.told)], t.told)
	if same {
		fresh = fresh[len(t.told):]
	}
	same = same && t.told != nil
	t.told = slices.Clone(text.Lines)
	t.lines.told = t.told
	var out strings.Builder
	if len(fresh) > 0 {
		if t.asked != "" {
			out.WriteString("\n") // behind what can be typed
		}
		if !same {
			out.WriteString("\n")
		}
		out.WriteString(strings.Join(fresh, "\n") + "\n")
		t.asked = ""
	}
	if t.keys && !text.Busy && t.asked != text.Keys {
		if t.asked != "" {
			out.WriteString("\n")
		}
		t.asked = text.Keys
		out.WriteString(text.Keys + ": ")
	}
	if err := t.lines.write(out.String()); err != nil {
		t.err = err
		return tea.Quit
	}
	if !t.keys || t.reading || t.held != nil {
		return nil
	}
	t.reading = true
	return t.read
}

// messages are what a line means to a model: a value or a key. nil is nothing.
func messages(line string, text Text) []tea.Msg {
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	_, err := strconv.Atoi(line)
	number := err == nil && text.Numbers
	switch {
	case text.Value && line == "":
		return []tea.Msg{tea.KeyPressMsg{Code: tea.KeyEscape}}
	case text.Value:
		return []tea.Msg{tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}, tea.PasteMsg{Content: line}, enter}
	case line == "":
		return []tea.Msg{enter}
	}
	var msgs []tea.Msg
	if runes := []rune(line); len(runes) == 1 || number {
		for _, r := range runes {
			msgs = append(msgs, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	if number {
		msgs = append(msgs, enter)
	}
	return msgs
}
