package screen

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/prompt"
	"gosyncio/runner/terminal"
)

// spoken is what lines tell, with what was typed, to the end of the input.
func spoken(t *testing.T, typed string, tell func(*Lines) error) (told string, err error) {
	t.Helper()
	in, inEnd := pipe(t)
	outEnd, out := pipe(t)
	var heard bytes.Buffer
	var listening sync.WaitGroup
	listening.Go(func() { io.Copy(&heard, outEnd) })
	go func() {
		io.WriteString(inEnd, typed)
		inEnd.Close()
	}()
	l, err := NewLines(terminal.Streams{In: in, Out: out}, false)
	if err != nil {
		t.Fatal(err)
	}
	err = tell(l)
	l.Close()
	out.Close()
	listening.Wait()
	return heard.String(), err
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		w.Close()
	})
	return r, w
}

var workers = Question{
	Above:   []string{"title", ""},
	Text:    "Who is first?",
	Choices: []prompt.Choice{{Label: "worker A"}, {Label: "worker B", Match: "second"}, {Label: "-- nobody", Spoken: "nobody"}},
	Current: 1,
}

func TestAQuestionInLines(t *testing.T) {
	t.Parallel()
	const asked = `
title

Who is first?
  1  worker A
  2  worker B
  3  nobody
`
	for _, c := range []struct {
		typed   string
		want    int
		err     error
		answers string // before it was answered
	}{
		{"1\n", 0, nil, ""},
		{" 3 \r\n", 2, nil, ""},
		{"\n", 1, nil, ""},
		{"second\n", 1, nil, ""},
		{"NOBODY", 2, nil, ""},
		{"4\n0\nA\n", 0, nil, "\"4\" is no answer: type a number from 1 to 3\n\"0\" is no answer: type a number from 1 to 3\n"},
		{"worker\nZ\n1\n", 0, nil, "2 answers contain \"worker\": type a number from 1 to 3\nno answer contains \"Z\": type a number from 1 to 3\n"},
		{"q\n", 0, prompt.ErrQuit, ""},
		{"b\n", 0, prompt.ErrBack, ""},
		{"", 0, prompt.ErrQuit, ""},
		{"\x1b[31m7\n", 0, prompt.ErrQuit, "\"7\" is no answer: type a number from 1 to 3\n"},
	} {
		var got int
		told, err := spoken(t, c.typed, func(l *Lines) (err error) {
			got, err = l.Choose(t.Context(), workers)
			return err
		})
		if got != c.want || err != c.err {
			t.Errorf("%q: %d, %v; want %d, %v", c.typed, got, err, c.want, c.err)
		}
		const number = "number (enter is 2, b back, q quit): \n"
		want := asked + number
		for answer := range strings.Lines(c.answers) {
			want += answer + number
		}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", c.typed, diff)
		}
	}
}

func TestAQuestionWithSeveralAnswersInLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed string
		want  []int
		err   error
	}{
		{"\n", nil, nil},
		{"3 1\n", []int{0, 2}, nil},
		{"2,2\n", []int{1}, nil},
		{"1 4\n1 x\n3\n", []int{2}, nil},
		{"q\n", nil, prompt.ErrQuit},
		{"b\n", nil, prompt.ErrBack},
		{"", nil, prompt.ErrQuit},
	} {
		var got []int
		_, err := spoken(t, c.typed, func(l *Lines) (err error) {
			got, err = l.ChooseSeveral(t.Context(), workers)
			return err
		})
		if !slices.Equal(got, c.want) || err != c.err {
			t.Errorf("%q: %v, %v; want %v, %v", c.typed, got, err, c.want, c.err)
		}
	}
}

// story is a model with something to say: each Enter goes on, r makes it tell
// by itself until it has told all, q quits.
type story struct {
	page    int
	running int // how many lines have been told
	busy    bool
	over    bool
	value   string
}

type nextMsg struct{}

func next() tea.Msg { return nextMsg{} }

func (s *story) Init() tea.Cmd  { return nil }
func (s *story) View() tea.View { return tea.NewView("") }

func (s *story) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case nextMsg:
		if s.running++; s.running == 3 {
			s.busy = false
			return s, nil
		}
		return s, next
	case tea.PasteMsg:
		s.value = msg.Content
	case tea.KeyPressMsg:
		switch msg.String() {
		case "enter":
			s.page, s.running = s.page+1, 0
		case "r":
			s.busy = true
			return s, next
		case "q":
			s.over = true
			return s, tea.Quit
		case "ctrl+c":
			return s, tea.Interrupt
		}
	}
	return s, nil
}

func (s *story) Text() Text {
	lines := []string{"page " + string(rune('0'+s.page))}
	for i := range s.running {
		lines = append(lines, "told "+string(rune('1'+i)))
	}
	return Text{Lines: lines, Busy: s.busy, Now: "q", Over: s.over, Keys: "keys", Value: s.page == 9, Numbers: true}
}

func TestAModelInLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, typed, want string
		err               error
	}{
		{"pages", "\n\nq\n", "\npage 0\nkeys: \n\npage 1\nkeys: \n\npage 2\nkeys: \n", nil},
		{"the end of the input", "\n", "\npage 0\nkeys: \n\npage 1\nkeys: \n", prompt.ErrQuit},
		{"what grows is told once, and Enter waits for it", "r\n\nq\n",
			"\npage 0\nkeys: \ntold 1\ntold 2\ntold 3\nkeys: \n\npage 1\nkeys: \n", nil},
		{"the end waits too", "r\n", "\npage 0\nkeys: \ntold 1\ntold 2\ntold 3\nkeys: \n", prompt.ErrQuit},
		{"what is no key", "what\nq\n", "\npage 0\nkeys: \nthat is no key: type a letter, or the number of a page\nkeys: \n", nil},
		{"another key", "x\nq\n", "\npage 0\nkeys: \nkeys: \n", nil},
		{"a number is a page", "12\nq\n", "\npage 0\nkeys: \n\npage 1\nkeys: \n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			told, err := spoken(t, c.typed, func(l *Lines) error { return l.Run(t.Context(), &story{}, true) })
			if diff := cmp.Diff(c.want, told); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if err != c.err {
				t.Errorf("%v, want %v", err, c.err)
			}
		})
	}
}

// What is typed ahead is there for what comes next.
func TestNoLineIsLostBetweenTwoThings(t *testing.T) {
	t.Parallel()
	const rounds = 50
	_, err := spoken(t, strings.Repeat("\nq\n3\n", rounds), func(l *Lines) error {
		for range rounds {
			s := &story{}
			if err := l.Run(t.Context(), s, true); err != nil || s.page != 1 {
				t.Fatal(s.page, err)
			}
			if chosen, err := l.Choose(t.Context(), workers); chosen != 2 || err != nil {
				t.Fatal(chosen, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAValueInLines(t *testing.T) {
	t.Parallel()
	s := &story{page: 9}
	if _, err := spoken(t, "two words\n", func(l *Lines) error { return l.Run(t.Context(), s, true) }); err != prompt.ErrQuit || s.value != "two words" {
		t.Errorf("%q, %v", s.value, err)
	}
}

func TestLinesEndWithTheContext(t *testing.T) {
	t.Parallel()
	for name, tell := range map[string]func(context.Context, *Lines) error{
		"a model":    func(ctx context.Context, l *Lines) error { return l.Run(ctx, &story{}, true) },
		"a question": func(ctx context.Context, l *Lines) error { _, err := l.Choose(ctx, workers); return err },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		in, inEnd := pipe(t)
		outEnd, out := pipe(t)
		l, err := NewLines(terminal.Streams{In: in, Out: out}, false)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			var shown [1]byte
			outEnd.Read(shown[:])
			cancel()
		}()
		if err := tell(ctx, l); err != context.Canceled {
			t.Errorf("%s: %v", name, err)
		}
		l.Close()
		inEnd.Close()
	}
}

// A number is that of a page where there are pages, and else a key.
func TestWhatIsTypedInALine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		line string
		text Text
		want string // of the keys
	}{
		{"", Text{}, "enter"},
		{"n", Text{}, "n"},
		{"no", Text{}, ""},
		{"3", Text{}, "3"},
		{"99", Text{}, ""},
		{"3", Text{Numbers: true}, "3 enter"},
		{"12", Text{Numbers: true}, "1 2 enter"},
		{"", Text{Value: true}, "esc"},
	} {
		var keys []string
		for _, msg := range messages(tt.line, tt.text) {
			keys = append(keys, msg.(tea.KeyPressMsg).String())
		}
		if got := strings.Join(keys, " "); got != tt.want {
			t.Errorf("%q for %+v: %q, want %q", tt.line, tt.text, got, tt.want)
		}
	}
}

// The name of a choice, typed whole, means that one, whoever else speaks of it.
func TestANameMeansItsOwn(t *testing.T) {
	q := Question{Choices: []prompt.Choice{
		{Label: "a dict of tasks", Match: "stampede singleflight"}, {Label: "Tasks", Match: "tasks create_task"}, {Label: "Gather", Match: "gather"},
	}}
	for typed, want := range map[string]int{"tasks": 1, "TASKS": 1, "stampede": 0, "gat": 2} {
		if got, problem := q.named(typed); got != want || problem != "" {
			t.Errorf("%q is %d, %q; want %d", typed, got, problem, want)
		}
	}
	if _, problem := q.named("task"); problem == "" {
		t.Error("task, a part of two, is one of them")
	}
}
