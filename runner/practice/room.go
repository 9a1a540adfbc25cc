package practice

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
)

// A Room is what the learner needs to practise.
type Room struct {
	Screen  screen.Any
	Checker *exercise.Checker
	Player  *player.Player
	Journal *progress.Journal
	Environ environ.Environ
	// Folder is where the learner's files are to be, "" if that was not said;
	// Memory is the file in which it is remembered.
	Folder, Memory string
	Editor         []string // a command with its arguments; nil if there is none
	// Exec gives a command the terminal, see screen.Screen.Exec.
	Exec func(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd
	// WantHelp asks the one who teaches for help, or says that none is wanted any
	// more, and returns what to tell the learner; nil if there is nobody.
	WantHelp func() string
	Back     bool // the learner can go back to where they came from
}

// Practise goes through exercises, from the one of that name or, if it is "",
// from the one to do next, until the learner leaves: back to where they came from, or the program.
func (r Room) Practise(ctx context.Context, name string) (back bool, err error) {
	e, err := r.exercise(name)
	if err != nil {
		return false, err
	}
	w, err := r.workspace(ctx)
	switch {
	case errors.Is(err, prompt.ErrBack):
		return true, nil
	case errors.Is(err, prompt.ErrQuit):
		return false, nil
	case err != nil:
		return false, err
	}
	r.Journal.Load()
	m, err := r.newModel(ctx, w, e)
	if err != nil {
		return false, err
	}
	defer m.Close()
	err = r.Screen.Run(ctx, m, true)
	return m.back, err
}

// exercise is that of the name, or the one to do next: after the one that the
// learner was at last, the first that is not solved.
func (r Room) exercise(name string) (exercise.Exercise, error) {
	if name != "" {
		return exercise.Find(name)
	}
	all, err := exercise.All()
	if err != nil {
		return exercise.Exercise{}, err
	}
	return all[Next(all, r.Journal.Load())], nil
}

// Next is the index of the exercise to do next.
func Next(all []exercise.Exercise, state *progress.State) int {
	last := 0
	var at time.Time
	for i, e := range all {
		if done := state.Exercises[e.Name]; done.At.After(at) {
			last, at = i, done.At
		}
	}
	for i := range all {
		i = (last + i) % len(all)
		if state.Exercises[all[i].Name].Solved.IsZero() {
			return i
		}
	}
	return last
}

// workspace is where the learner's files are. The first time it asks.
func (r Room) workspace(ctx context.Context) (exercise.Workspace, error) {
	w, ok, err := exercise.FindWorkspace(r.Environ, r.Folder, r.Memory)
	if err != nil {
		return w, err
	}
	if ok && r.Folder != "" {
		return w, w.Remember(r.Memory)
	}
	if ok {
		return w, nil
	}
	var folders, labels []string
	if home := r.Environ.Get("HOME"); filepath.IsAbs(home) {
		folders = append(folders, filepath.Join(home, "gosyncio"))
	} else if home, err := os.UserHomeDir(); err == nil {
		folders = append(folders, filepath.Join(home, "gosyncio"))
	}
	if here, err := os.Getwd(); err == nil {
		folders = append(folders, filepath.Join(here, "gosyncio"))
	}
	for _, folder := range folders {
		labels = append(labels, terminal.Printable(folder))
	}
	columns, _ := r.Screen.Size()
	style := terminal.NewStyle(r.Screen.Colours())
	above := append([]string{style.Title("Practice"), ""}, terminal.Wrap(
		"You write Go in files of your own: a folder with a go.mod and one file for each exercise, to be opened in any editor. At each save the file is checked.", 0, columns-1)...)
	above = append(append(above, ""), terminal.Wrap("Another folder: gosyncio practice --dir FOLDER, or "+exercise.Variable+".", 0, columns-1)...)
	chosen, err := r.Screen.Choose(ctx, screen.Question{Above: append(above, ""), Text: "Where do you want your files?", Choices: screen.Labels(append(labels, "nowhere, go back")...)})
	switch {
	case err != nil:
		return w, err
	case chosen == len(folders):
		return w, prompt.ErrBack
	}
	w = exercise.Workspace{Folder: folders[chosen]}
	return w, w.Remember(r.Memory)
}
