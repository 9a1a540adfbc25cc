package walk

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/course"
	"gosyncio/runner/source"
)

// Programs say where the learner's copies of the lessons' programs are, and
// what opens them.
type Programs struct {
	// Folder has a folder for each lesson whose program has been opened.
	Folder string
	// Editor is a command with its arguments; nil if there is none.
	Editor []string
	// Exec gives a command the terminal, see screen.Screen.Exec.
	Exec func(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd
}

// copiedMsg says that the lesson's programs stand in the learner's folder.
type copiedMsg struct {
	copies []source.Copy
	err    error
}

// editedMsg says that the editor is gone.
type editedMsg struct {
	copies []source.Copy
	err    error
}

// edit opens the lesson's whole program: in the language on the page, or in
// both if they stand beside each other.
func (w *Walk) edit() tea.Cmd {
	inGo, inPython := !w.python, w.python
	if !w.layout().inTurn {
		inGo, inPython = true, true
	}
	lesson, folder := w.lesson, filepath.Join(w.tour.Programs.Folder, w.lesson.ID)
	return func() tea.Msg {
		copies, err := copyPrograms(lesson, folder, inGo, inPython)
		return copiedMsg{copies, err}
	}
}

// copyPrograms keeps the lesson's programs in a folder.
func copyPrograms(lesson course.Lesson, folder string, inGo, inPython bool) ([]source.Copy, error) {
	var copies []source.Copy
	keep := func(name string, program []byte) error {
		kept, err := source.Keep(folder, name, program)
		copies = append(copies, kept)
		return err
	}
	if inGo {
		program, err := source.Go(lesson.Program)
		if err != nil {
			return nil, err
		}
		if err := keep(lesson.ID+".go", program); err != nil {
			return nil, err
		}
	}
	if inPython {
		if err := keep(lesson.Program.Package()+".py", lesson.Text.Python); err != nil {
			return nil, err
		}
	}
	return copies, nil
}

// copied opens the copies, or says where they are if nothing opens them.
func (w *Walk) copied(msg copiedMsg) tea.Cmd {
	programs := w.tour.Programs
	switch {
	case w.quitting || w.watch.Live != nil:
		return nil // the learner has gone on
	case msg.err != nil:
		w.said = msg.err.Error()
		return nil
	case len(programs.Editor) == 0:
		w.said = "the program is in " + paths(msg.copies) + "; EDITOR names no editor to open it with"
		return nil
	}
	arguments := programs.Editor[1:]
	for _, c := range msg.copies {
		arguments = append(arguments[:len(arguments):len(arguments)], c.Path)
	}
	return programs.Exec(exec.Command(programs.Editor[0], arguments...), func(err error) tea.Msg {
		return editedMsg{msg.copies, err}
	})
}

// edited says where the copies are.
func (w *Walk) edited(msg editedMsg) {
	if msg.err != nil {
		w.said = fmt.Sprintf("%s: %v; the program is in %s", w.tour.Programs.Editor[0], msg.err, paths(msg.copies))
		return
	}
	w.said = "your copy is " + paths(msg.copies)
	for _, c := range msg.copies {
		if c.Changed {
			w.said += "; you had changed it, remove it to get the lesson's own again"
			break
		}
	}
}

func paths(copies []source.Copy) string {
	var paths []string
	for _, c := range copies {
		paths = append(paths, c.Path)
	}
	return strings.Join(paths, " and ")
}
