// Package practice is where the learner makes something: it shows a task,
// follows the learner's file and checks it at each save. It runs on the
// terminal; what a check finds is package exercise's business.
package practice

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/exercise"
	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
	"gosyncio/runner/show"
)

// A Model is an exercise on the screen. It follows the learner's file until
// it is closed.
type Model struct {
	ctx       context.Context
	cancel    context.CancelFunc
	room      Room
	workspace exercise.Workspace
	colours   bool

	all      []exercise.Exercise
	exercise exercise.Exercise // one of all

	polls    int    // how often the file was to be read
	text     []byte // of the file, when it was read last; nil if it was not
	checks   int    // how many have begun
	checking bool
	stop     context.CancelFunc // ends the check that goes on
	running  sync.WaitGroup     // checks
	verdict  *exercise.Verdict  // of the last check; nil if there is none
	err      error              // why there is none

	show  *show.Show // the learner's code beside the reference
	shows bool       // there is something of this exercise to run
	looks bool       // the learner looks at a moment of what was run

	hints    int    // how many are shown
	solution bool   // is shown
	confirm  string // what is asked, to be answered with y: "solution" or "reset"
	said     string // what came of a key
	help     bool   // the keys are listed
	log      log    // what has been told where there is no screen

	width, height int
	scroll        int // how many lines are above the window
	quitting      bool
	back          bool
}

// newModel is a model that stands on an exercise. It must be closed.
func (r Room) newModel(ctx context.Context, w exercise.Workspace, e exercise.Exercise) (*Model, error) {
	all, err := exercise.All()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	m := &Model{ctx: ctx, cancel: cancel, room: r, workspace: w, colours: r.Screen.Colours(), all: all, stop: func() {},
		show: show.New(ctx, r.Screen.Colours())}
	if err := m.open(e); err != nil {
		cancel()
		return nil, err
	}
	m.running.Go(func() { r.Checker.Warm(ctx, e) })
	return m, nil
}

// open stands on an exercise, or says why it cannot and stays.
func (m *Model) open(e exercise.Exercise) error {
	said, err := Begin(m.workspace, m.room.Journal, e)
	if err != nil {
		return err
	}
	m.stop()
	m.exercise, m.shows, m.text, m.verdict, m.err, m.checking = e, e.Shows(), nil, nil, nil, false
	m.hints, m.solution, m.confirm, m.said, m.scroll, m.log = 0, false, "", said, 0, log{}
	return nil
}

// Begin puts an exercise's file into the workspace, if it is not there, and
// says what else is to be said of it.
func Begin(w exercise.Workspace, j *progress.Journal, e exercise.Exercise) (said string, err error) {
	given := j.State().Exercises[e.Name].Given
	if !w.Begun(e) {
		given = ""
	}
	if err := w.Open(e); err != nil {
		return "", err
	}
	changed, err := w.Renew(e, given)
	switch {
	case err != nil:
		return "", err
	case changed:
		return "this exercise has changed since you began it; your file is as you left it, and r begins anew", nil
	case given != e.Digest():
		j.Note(func(s *progress.State) { s.Begin(e.Name, e.Digest(), time.Now()) })
	}
	return "", nil
}

// Close ends what goes on, and waits until nothing does.
func (m *Model) Close() {
	m.cancel()
	m.running.Wait()
	m.show.Close()
}

// Init begins to follow the file.
func (m *Model) Init() tea.Cmd { return m.poll(0) }

// Update answers messages.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m.quitting {
		return m, nil
	}
	cmd := m.update(msg)
	m.tell()
	return m, cmd
}

func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case fileMsg:
		return m.file(msg)
	case verdictMsg:
		m.found(msg)
	case editedMsg:
		m.said = msg.said
	case show.StartedMsg:
		return m.started(msg)
	case tea.ResumeMsg:
		if m.show.Live != nil && !m.show.Ended() {
			return m.watch() // again: nobody was there to note when they said what
		}
	case tea.KeyPressMsg:
		if m.show.Live != nil && !m.help {
			return m.showKey(msg)
		}
		return m.key(msg.String())
	default:
		cmd, _ := m.show.Update(msg)
		return cmd
	}
	return nil
}

// key answers a key.
func (m *Model) key(key string) tea.Cmd {
	m.said = ""
	if m.help {
		m.help = false
		return nil
	}
	if asked := m.confirm; asked != "" {
		m.confirm = ""
		if key == "y" {
			m.confirmed(asked)
		}
		return nil
	}
	switch key {
	case "e", "enter":
		return m.edit()
	case "h":
		m.hint()
	case "s":
		if m.solved() || m.solution {
			m.solution, m.scroll = !m.solution, 0
		} else {
			m.confirm = "solution"
		}
	case "r":
		m.confirm = "reset"
	case "n", "b":
		return m.other(key == "n")
	case "c":
		if m.text != nil {
			return m.check()
		}
	case "t":
		return m.watch()
	case "w":
		if m.room.WantHelp != nil {
			m.said = m.room.WantHelp()
		}
	case "up", "k":
		m.scroll--
	case "down", "j":
		m.scroll++
	case "space", "pgdown":
		m.scroll += m.space()
	case "pgup":
		m.scroll -= m.space()
	case "?":
		m.help = true
	case "q", "esc", "m":
		return m.leave(key)
	}
	return nil
}

// leave leaves the program, or goes back to where the learner came from.
func (m *Model) leave(key string) tea.Cmd {
	m.quitting, m.back = true, m.room.Back && key != "q"
	return tea.Quit
}

// other goes to the next exercise, or to the one before.
func (m *Model) other(next bool) tea.Cmd {
	i := slices.IndexFunc(m.all, func(e exercise.Exercise) bool { return e.Name == m.exercise.Name })
	switch {
	case next && i+1 == len(m.all):
		m.said = "this is the last exercise"
		return nil
	case !next && i == 0:
		m.said = "this is the first exercise"
		return nil
	case next:
		i++
	default:
		i--
	}
	if err := m.open(m.all[i]); err != nil {
		m.said = err.Error()
		if f, ok := errors.AsType[*fault.Error](err); ok {
			m.said += "; " + f.Next
		}
		return nil
	}
	return m.poll(0)
}

func (m *Model) hint() {
	if m.hints == len(m.exercise.Text.Hints) {
		m.said = "there are no more hints; s shows the solution"
		return
	}
	m.hints++
	m.scroll = 1 << 20 // to where it stands
	name, count := m.exercise.Name, m.hints
	m.room.Journal.Note(func(s *progress.State) { s.Hint(name, count) })
}

func (m *Model) confirmed(asked string) {
	name := m.exercise.Name
	if asked == "solution" {
		m.solution, m.scroll = true, 0
		m.room.Journal.Note(func(s *progress.State) { s.Peek(name) })
		return
	}
	kept, err := m.workspace.Reset(m.exercise)
	switch {
	case err != nil:
		m.err = err
	case kept == "":
		m.said = "the file is as it was given"
	default:
		m.said = "your file is kept as " + kept
	}
}

// solved reports whether the exercise has ever been solved.
func (m *Model) solved() bool {
	return !m.room.Journal.State().Exercises[m.exercise.Name].Solved.IsZero()
}

// note notes a check.
func (m *Model) note(v exercise.Verdict) { Note(m.room.Journal, m.exercise, v) }

// Note notes a check in the learner's progress.
func Note(j *progress.Journal, e exercise.Exercise, v exercise.Verdict) {
	now := time.Now()
	j.Note(func(s *progress.State) { s.Try(e.Name, string(v.Kind), v.Kind == exercise.Solved, now) })
}

// An editedMsg says that the editor is gone, and what is to be said of it.
type editedMsg struct{ said string }

// edit opens the file.
func (m *Model) edit() tea.Cmd {
	path := m.workspace.Path(m.exercise)
	if len(m.room.Editor) == 0 {
		m.said = "open the file in your editor, or set EDITOR, for example EDITOR=vi, and begin again"
		return nil
	}
	command := m.room.Editor
	cmd := exec.Command(command[0], append(slices.Clone(command[1:]), path)...)
	return m.room.Exec(cmd, func(err error) tea.Msg {
		if err != nil {
			return editedMsg{fmt.Sprintf("%s: %v", command[0], err)}
		}
		return editedMsg{}
	})
}
