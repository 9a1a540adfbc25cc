package practice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sync/errgroup"

	"gosyncio/lessons"
	"gosyncio/runner/exercise"
	"gosyncio/runner/player"
	"gosyncio/runner/screen"
	"gosyncio/runner/show"
	"gosyncio/runner/stage"
)

// The runs of an exercise that stand beside each other.
const (
	yours     = "yours"
	reference = "reference"
	original  = "original" // in Python
)

// longestShow is when a run is stopped that does not end: those of exercises
// take a second or two.
const longestShow = 20 * time.Second

// A notBuiltError is why there is no program to run.
type notBuiltError struct{ verdict exercise.Verdict }

func (e *notBuiltError) Error() string { return e.verdict.Message }

// watch shows the learner's code and the reference on the timeline.
func (m *Model) watch() tea.Cmd {
	switch {
	case !m.shows:
		m.said = "of this exercise there is nothing to see on a timeline"
		return nil
	case m.text == nil:
		return nil
	}
	if m.show.Live == nil {
		m.show.Open(stage.Options{
			Title: m.exercise.Text.Title, Position: m.where(),
			KeysGoing: "esc back   q quit   ? keys", KeysEnded: "r again   esc back   q quit   ? keys", Fill: true, FirstTells: true,
		})
	}
	m.show.Live.Predict(beside{right: m.verdict != nil && m.verdict.Kind == exercise.Solved})
	m.looks = false
	m.show.Live.Caption("building your program and the reference")
	e, text, room := m.exercise, m.text, m.room
	return m.show.Start(func(ctx context.Context, slot *player.Slot, started func(*player.Comparison)) error {
		return room.play(ctx, slot, e, text, started)
	})
}

// play builds the exercise with the text and with its solution, and runs both,
// and the Python original if there is one, from one start signal.
func (r Room) play(ctx context.Context, slot *player.Slot, e exercise.Exercise, text []byte, started func(*player.Comparison)) error {
	folder, err := r.Checker.Folder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	parts, err := r.build(ctx, e, text, folder)
	if err != nil {
		return err
	}
	lesson, err := lessons.Find(e.Lesson)
	if err != nil {
		return err
	}
	setup := player.Setup{
		Lesson: lessons.Lesson{ID: e.Name, OneAtATime: computes(lesson)}, // its programs are others
		Parts:  parts,
		Limit:  longestShow,
	}
	if setup.Source = e.Original(); setup.Source != nil {
		setup.Parts = append(parts, player.Part{Variant: variant(original), Language: player.Python})
	}
	c, err := slot.Play(ctx, r.Player, setup)
	if err != nil {
		return err
	}
	started(c)
	c.Wait()
	return nil
}

// computes reports whether a lesson, and so its exercises, are about computing:
// programs that do would take the CPUs from each other.
func computes(lesson lessons.Lesson) bool {
	return slices.ContainsFunc(lesson.Variants, func(v lessons.Variant) bool { return v.Computes(lesson.Defaults()) > 0 })
}

// build builds the programs. The error is a *notBuiltError if the text does not
// compile.
func (r Room) build(ctx context.Context, e exercise.Exercise, text []byte, folder string) ([]player.Part, error) {
	texts := [][]byte{text, e.Solution()}
	parts := make([]player.Part, len(texts))
	group, ctx := errgroup.WithContext(ctx)
	for i, name := range []string{yours, reference} {
		group.Go(func() error {
			program, v, err := r.Checker.Build(ctx, e, texts[i], filepath.Join(folder, name))
			switch {
			case err != nil:
				return err
			case v != nil:
				return &notBuiltError{*v}
			}
			parts[i] = player.Part{Variant: variant(name), Program: program}
			return nil
		})
	}
	return parts, group.Wait()
}

// variant is one of those that stand beside each other, and are compared by
// beside.
func variant(name string) lessons.Variant {
	unknown := func(lessons.Values) time.Duration { return 0 }
	return lessons.Variant{Name: name, Ideal: unknown, PythonIdeal: unknown, Partial: true}
}

// beside says how the learner's run compares with the reference.
type beside struct {
	right bool // a check has found nothing wrong
}

// Mark is none.
func (beside) Mark() (time.Duration, player.Kind) { return 0, player.Kind{} }

// Notes compare the runs once they have ended. Programs that wait for the same
// differ by what the machine did meanwhile, which says nothing of them.
func (b beside) Notes(s player.Snapshot, ended bool) []string {
	elapsed := s.Elapsed()
	own, ok := elapsed[player.Kind{Variant: yours, Language: player.Go}]
	other, okToo := elapsed[player.Kind{Variant: reference, Language: player.Go}]
	slack := 50*time.Millisecond + other/10
	switch {
	case !ended || !ok || !okToo || s.Busy():
		return nil
	case own > other+slack:
		return []string{fmt.Sprintf("yours takes %.1f times as long as the reference", own.Seconds()/other.Seconds())}
	case !b.right:
		return []string{"yours is not solved yet: that it is as fast as the reference, or faster, says little"}
	case own < other-slack:
		return []string{"yours is over sooner than the reference"}
	}
	return []string{"yours takes as long as the reference"}
}

// started answers that both run, or why they do not: what does not compile is
// told as a check tells it.
func (m *Model) started(msg show.StartedMsg) tea.Cmd {
	if e, ok := errors.AsType[*notBuiltError](msg.Err); ok && m.show.Awaits(msg) {
		m.show.Leave()
		m.verdict, m.err, m.scroll = &e.verdict, nil, 0
		return nil
	}
	if m.show.Awaits(msg) {
		m.show.Live.Caption("all started together, and run in real time")
	}
	cmd, _ := m.show.Update(msg)
	return cmd
}

// showKey answers a key while the timeline is shown.
func (m *Model) showKey(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	switch {
	case m.show.Exporter.Asks() != "": // which format
	case key == "b", key == "esc" && !m.looks:
		m.show.Leave()
		return nil
	case key == "r" && m.show.Ended():
		return m.watch()
	case key == "?":
		m.help = true
		return nil
	}
	if cmd, handled := m.show.Update(msg); handled {
		if slices.Contains([]string{"left", "right", "h", "l", "shift+left", "shift+right", "pgup", "pgdown", "home", "end", "esc"}, key) {
			m.looks = key != "esc"
		}
		return cmd
	}
	if key == "q" || key == "esc" || key == "m" {
		return m.leave(key)
	}
	return nil
}

// showKeys are what the keys do there.
func showKeys() [][2]string {
	return slices.Concat([][2]string{
		{"r", "builds and runs all again, when they have ended"},
		{"b, esc", "back to the exercise"},
	}, show.Keys(), [][2]string{
		{"m", "back to where you came from"},
		{"q", "quits"},
		{"?", "these keys"},
	})
}

// showText is what is said of the runs, for a screen of lines.
func (m *Model) showText(head []string) screen.Text {
	text := m.show.Text()
	text.Lines = slices.Concat(head, []string{"your code and what it is compared with, started together:", ""}, text.Lines)
	text.Now, text.Keys = "bmq", m.show.TextKeys("r again, b back, m leave, q quit")
	return text
}
