package screen

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"gosyncio/runner/terminal"
)

// running is a Bubble Tea program that runs.
type running struct {
	ctx         context.Context
	display     *display
	program     *tea.Program
	idler       *idler
	keyboard    *keyboard // nil if it gets no keys
	suspends    chan os.Signal
	resumes     chan os.Signal
	interrupted bool
}

// suspendMsg says that the program is to stop for a while, and resumeMsg that
// it was stopped, and is not any more.
type (
	suspendMsg struct{}
	resumeMsg  struct{}
)

// filter sees each message before the model, in the goroutine that calls
// Run, and gives what the model gets in its place.
func (r *running) filter(msg tea.Msg) tea.Msg {
	r.idler.awake(r.program)
	switch m := msg.(type) {
	case tea.InterruptMsg:
		r.interrupted = true
		return r.quit()
	case tea.QuitMsg:
		return r.quit()
	case tea.KeyPressMsg:
		if m.String() == "ctrl+z" {
			return r.suspend()
		}
		if meant, ok := Everywhere(m); ok {
			return r.filter(meant)
		}
	case execMsg:
		return r.exec(m)
	case suspendMsg:
		return r.suspend()
	case resumeMsg:
		return r.resume()
	}
	return msg
}

// Everywhere is what the keys mean that hold everywhere: a model on the screen
// never gets them.
func Everywhere(key tea.KeyPressMsg) (meant tea.Msg, ok bool) {
	switch key.String() {
	case "ctrl+c":
		return tea.Interrupt(), true
	case "ctrl+l":
		return tea.ClearScreen(), true
	}
	return nil, false
}

func (r *running) quit() tea.Msg {
	if r.keyboard != nil {
		r.keyboard.stop()
	}
	return tea.QuitMsg{}
}

// watchSignals tells the program when somebody stops it, or has stopped it,
// from outside, until the function that it returns is called.
func (r *running) watchSignals() (stop func()) {
	terminal.NotifySuspend(r.suspends)
	terminal.NotifyResume(r.resumes)
	var watching sync.WaitGroup
	watching.Go(func() {
		for range r.suspends {
			r.program.Send(suspendMsg{})
		}
	})
	watching.Go(func() {
		for range r.resumes {
			if terminal.InForeground(r.display.File) {
				r.program.Send(resumeMsg{})
				r.program.Send(tea.ClearScreen())
			}
		}
	})
	return func() {
		signal.Stop(r.suspends)
		signal.Stop(r.resumes)
		close(r.suspends)
		close(r.resumes)
		watching.Wait()
	}
}

// suspend gives the terminal back as it was, stops the program, and takes the
// terminal again when it goes on. All is then drawn anew. It is Bubble Tea's
// own way, but for two things: SIGTSTP, which is ours to hear, must stop us
// all the same, and where no shell would wake us we must not wait for that.
func (r *running) suspend() tea.Msg {
	if !terminal.CanSuspend() {
		return nil
	}
	signal.Stop(r.resumes) // it need not be told that it goes on
	defer terminal.NotifyResume(r.resumes)
	if r.keyboard != nil {
		r.keyboard.stop()
	}
	if err := r.program.ReleaseTerminal(); err != nil {
		return r.quit()
	}
	if !terminal.Suspend(r.ctx, r.display.File) {
		r.display.released.Store(true)
		if r.keyboard != nil {
			r.keyboard.release()
		}
		return r.quit()
	}
	if r.keyboard != nil && r.keyboard.start() != nil {
		return r.quit()
	}
	if err := r.program.RestoreTerminal(); err != nil {
		return r.quit()
	}
	r.idler.awake(r.program)
	return tea.ResumeMsg{}
}

// resume takes the terminal again from a shell that got it without being
// given it: kill -STOP leaves no time for that.
func (r *running) resume() tea.Msg {
	if r.keyboard != nil {
		if _, err := term.MakeRaw(r.keyboard.Fd()); err != nil {
			return r.quit()
		}
	}
	return tea.ResumeMsg{}
}

// A display is the terminal's output as Bubble Tea gets it. Once the terminal
// is no longer the program's nothing is written to it: in the end Bubble Tea
// draws once more, whatever happened.
type display struct {
	*os.File
	released atomic.Bool
}

func (d *display) Write(p []byte) (int, error) {
	if d.released.Load() {
		return len(p), nil
	}
	return d.File.Write(p)
}

func (d *display) WriteString(s string) (int, error) { return d.Write([]byte(s)) }

// shown is a model whose frames the terminal can show.
type shown struct {
	tea.Model
	streams terminal.Streams
	width   int // of the window; 0 is not known yet
}

func (s shown) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := s.Model.Update(msg)
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		if s.width > 0 && size.Width > s.width {
			cmd = tea.Batch(cmd, redraw())
		}
		s.width = size.Width
	}
	s.Model = m
	return s, cmd
}

// redraw draws all anew once the next frame has been drawn. The renderer takes
// the columns that a window has gained for empty after the first frame that
// fills them, and would leave that there for good (charmbracelet/ultraviolet#148).
func redraw() tea.Cmd {
	const afterAFrame = 15 * activePeriod
	return tea.Tick(afterAFrame, func(time.Time) tea.Msg { return tea.ClearScreen() })
}

func (s shown) View() tea.View {
	view := s.Model.View()
	view.Content = s.streams.Shown(view.Content)
	return view
}
