package runner

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/player"
)

func (a *app) presentCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "present LESSON",
		Short: "show a lesson to a room, on a projector",
		Long: `Show a lesson to a room: widely set, without asking you anything, and without
noting anything as yours. Questions stand on slides of their own. The room
votes before it sees the answer: type a number for each answer, if you count
hands, and press a to show it. A page's number and Enter goes to that page.`,
		Args:              oneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !a.streams.Interactive() {
				return &usageError{"there is no terminal to present in", "start gosyncio present in a terminal"}
			}
			return a.present(cmd.Context(), args[0])
		},
	}
}

// present walks through a lesson before a room.
func (a *app) present(ctx context.Context, id string) error {
	lesson, err := lessons.Find(id)
	if err != nil {
		return usage("", err)
	}
	text, err := content.Load(id)
	if err != nil {
		return err
	}
	r := newReader(lesson, text, a.colours())
	r.spacious = true
	w := &walk{ctx: ctx, app: a, record: new(recorder), reader: r, position: id, presenting: true}
	defer w.close()
	if err := a.runProgram(ctx, w, true); err != nil {
		return err
	}
	return w.err
}

// A slide is a question put to a room.
type slide struct {
	heading, question string
	options           []slideOption
	current           int  // the option for which hands are being counted
	shown             bool // the answer
	previous          *slide
	next              func() tea.Cmd
}

type slideOption struct {
	text, why string
	right     bool
	hands     int // how many were raised
}

// maxHands is more than fit in a room.
const maxHands = 9999

// predictionSlide puts the page's prediction to the room, and then opens
// the stage.
func (w *walk) predictionSlide() *slide {
	s := &slide{heading: w.title(), question: captioned(unmarked(w.prediction.Question), w.request.caption())}
	for _, o := range w.prediction.options {
		s.options = append(s.options, slideOption{text: o.text, why: unmarked(o.Why), right: o.Right})
	}
	s.next = func() tea.Cmd {
		w.openStage()
		w.live.Predict(s)
		return w.live.Start()
	}
	return s
}

// quizSlide puts question i of the quiz to the room, and then the next.
func (w *walk) quizSlide(i int) *slide {
	quiz, _ := w.reader.text.Quiz()
	q := quiz.Questions[i]
	s := &slide{heading: fmt.Sprintf("Question %d of %d", i+1, len(quiz.Questions)), question: unmarked(q.Question)}
	for _, answer := range q.Answers {
		s.options = append(s.options, slideOption{text: unmarked(answer.Is), why: unmarked(answer.Why), right: answer.Right})
	}
	s.next = func() tea.Cmd {
		if i+1 < len(quiz.Questions) {
			w.slide = w.quizSlide(i + 1)
			w.slide.previous = s
			return nil
		}
		return w.forward()
	}
	return s
}

// slideKey answers a key on a slide.
func (w *walk) slideKey(key string) tea.Cmd {
	s := w.slide
	option := &s.options[s.current]
	switch key {
	case "enter", "space", "n", "right", "pgdown":
		w.slide = nil
		return s.next()
	case "b", "left", "pgup":
		w.slide = s.previous
	case "down", "tab":
		s.current = min(s.current+1, len(s.options)-1)
	case "up", "shift+tab":
		s.current = max(s.current-1, 0)
	case "a":
		s.shown = !s.shown
	case "backspace":
		option.hands /= 10
	default:
		if digit, err := strconv.Atoi(key); err == nil && digit < 10 {
			option.hands = min(option.hands*10+digit, maxHands)
		}
	}
	return nil
}

// slideLines are the slide, set for that width, in room lines: where there
// is not enough, it goes without empty lines, then without why the wrong
// answers are wrong, and then without why the right ones are right.
func (w *walk) slideLines(width, room int) (lines []string) {
	for _, explained := range []func(slideOption) bool{
		func(slideOption) bool { return true },
		func(o slideOption) bool { return o.right },
		func(slideOption) bool { return false },
	} {
		lines = w.slideText(width, explained)
		if len(lines) > room {
			lines = slices.DeleteFunc(lines, empty)
		}
		if len(lines) <= room {
			return lines
		}
	}
	return lines[:max(room, 0)]
}

// slideText is the slide with the explanations that are wanted of those that
// are shown.
func (w *walk) slideText(width int, explained func(slideOption) bool) []string {
	s := w.slide
	lines := append(wrapped(s.question, 0, width), "")
	hands := 0
	for _, o := range s.options {
		hands += o.hands
	}
	for i, o := range s.options {
		mark := "  "
		switch {
		case s.shown && o.right:
			mark = markRight + " "
		case s.shown:
			mark = markWrong + " "
		case i == s.current:
			mark = "> "
		}
		line := mark + w.reader.palette.Title(o.text)
		if o.hands > 0 {
			const longest = 20
			line += fmt.Sprintf("   %d %s", o.hands, strings.Repeat("█", max(o.hands*longest/hands, 1)))
		}
		lines = append(lines, line)
		if s.shown && explained(o) {
			lines = append(lines, wrapped(o.why, 2, width)...)
		}
		lines = append(lines, "")
	}
	return lines
}

// keys are those that a slide answers.
func (s *slide) keys() string {
	answer := "a answer"
	if s.shown {
		answer = "a hide the answer"
	}
	return "enter next   " + answer + "   up/down and digits count hands   b back   q quit"
}

// Mark marks nothing: the room said many things.
func (s *slide) Mark() (mark time.Duration, kind player.Kind) { return 0, kind }

// Notes are the votes of the room and, once it is shown, the answer.
func (s *slide) Notes(*player.Comparison, bool) []string {
	var votes []string
	for _, o := range s.options {
		if o.hands > 0 {
			votes = append(votes, fmt.Sprintf("%s: %d", o.text, o.hands))
		}
	}
	var notes []string
	if votes != nil {
		notes = append(notes, "the room said "+strings.Join(votes, ", "))
	}
	if !s.shown {
		return append(notes, "a shows the answer")
	}
	for _, o := range s.options {
		if o.right {
			notes = append(notes, o.text+": "+o.why)
		}
	}
	return notes
}

// typePage takes up a key on a page as a part of a page's number. It
// reports whether it was.
func (w *walk) typePage(key string) bool {
	digit, err := strconv.Atoi(key)
	switch {
	case err == nil && digit < 10:
		w.typed = min(w.typed*10+digit, 999)
	case w.typed == 0:
		return false
	case key == "backspace":
		w.typed /= 10
	case key == "enter":
		w.turnTo(min(w.typed, len(w.pages())) - 1)
		w.typed = 0
	default:
		w.typed = 0
	}
	return true
}
