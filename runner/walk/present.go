package walk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/class"
	"gosyncio/runner/page"
	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/terminal"
)

// A slide is a question put to a room.
type slide struct {
	id                string // among all questions
	heading, question string
	options           []slideOption
	current           int    // the option for which hands are being counted
	shown             bool   // the answer
	votes             *votes // of those who vote in a browser; nil if nobody can
	previous          *slide
	following         *slide // that of the next question, once it has been there
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
func (w *Walk) predictionSlide() *slide {
	s := &slide{id: class.PredictionID(w.question()), heading: w.title(), question: captioned(content.StripBackticks(w.prediction.Question), w.watch.request.Caption())}
	for _, o := range w.prediction.Options {
		s.options = append(s.options, slideOption{text: o.Text, why: content.StripBackticks(o.Why), right: o.Right})
	}
	s.next = func() tea.Cmd {
		w.openStage()
		w.watch.Live.Predict(s)
		return w.play()
	}
	return s
}

// quizSlide puts question i of the quiz to the room, and then the next.
func (w *Walk) quizSlide(i int) *slide {
	quiz, _ := w.lesson.Text.Quiz()
	q := quiz.Questions[i]
	s := &slide{id: class.QuizID(progress.Question{Lesson: w.lesson.ID, Key: q.ID}), heading: fmt.Sprintf("Question %d of %d", i+1, len(quiz.Questions)), question: content.StripBackticks(q.Question)}
	for _, answer := range q.Answers {
		s.options = append(s.options, slideOption{text: content.StripBackticks(answer.Is), why: content.StripBackticks(answer.Why), right: answer.Right})
	}
	s.next = func() tea.Cmd {
		if i+1 < len(quiz.Questions) {
			if s.following == nil {
				s.following = w.quizSlide(i + 1)
				s.following.previous = s
			}
			w.slide = s.following
			return nil
		}
		return w.forward()
	}
	return s
}

// slideKey answers a key on a slide.
func (w *Walk) slideKey(key string) tea.Cmd {
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

// lines are the slide, set for that width, in room lines: where there is
// not enough, it goes without empty lines, then without why the wrong
// answers are wrong, and then without why the right ones are right.
func (s *slide) lines(style terminal.Style, width, room int) (lines []string) {
	for _, explained := range []func(slideOption) bool{
		func(slideOption) bool { return true },
		func(o slideOption) bool { return o.right },
		func(slideOption) bool { return false },
	} {
		lines = s.text(style, width, explained)
		if len(lines) > room {
			lines = slices.DeleteFunc(lines, page.Empty)
		}
		if len(lines) <= room {
			return lines
		}
	}
	return lines[:max(room, 0)]
}

// text is the slide with the explanations that are wanted of those that are
// shown.
func (s *slide) text(style terminal.Style, width int, explained func(slideOption) bool) []string {
	lines := append(terminal.Wrap(s.question, 0, width), "")
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
		line := mark + style.Title(o.text)
		if o.hands > 0 {
			line += "   " + tally(o.hands, hands)
		}
		lines = append(lines, line)
		if told := s.votes.of(i); told != "" {
			lines = append(lines, "  "+told)
		}
		if s.shown && explained(o) {
			lines = append(lines, terminal.Wrap(o.why, 2, width)...)
		}
		lines = append(lines, "")
	}
	if told := s.votes.going(); told != "" {
		lines = append(lines, told)
	}
	return lines
}

// tally is a number of all, and a bar that is as long.
func tally(n, all int) string {
	const longest = 20
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%d %s", n, strings.Repeat("█", max(n*longest/all, 1)))
}

// keys are those that a slide answers, the ones that matter most first.
func (s *slide) keys() []string {
	answer := "a answer"
	if s.shown {
		answer = "a hide the answer"
	}
	hands := []string{"up/down and digits count hands", "b back", "q quit"}
	if s.votes == nil {
		return append([]string{answer}, hands...)
	}
	keys := append([]string{answer, "j join", "l learners"}, hands...)
	if vote := s.votes.key(); vote != "" {
		keys = append([]string{vote}, keys...)
	}
	return keys
}

// Mark marks nothing: the room said many things.
func (s *slide) Mark() (mark time.Duration, kind player.Kind) { return 0, kind }

// Notes are the votes of the room and, once it is shown, the answer.
func (s *slide) Notes(player.Snapshot, bool) []string {
	var votes []string
	for _, o := range s.options {
		if o.hands > 0 {
			votes = append(votes, fmt.Sprintf("%s (%d)", o.text, o.hands))
		}
	}
	var notes []string
	if votes != nil {
		notes = append(notes, "the room said "+strings.Join(votes, ", "))
	}
	notes = append(notes, s.votes.notes(s.options)...)
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

// typePage takes a key on a page as a part of a page's number, and reports
// whether it was one.
func (w *Walk) typePage(key string) bool {
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
