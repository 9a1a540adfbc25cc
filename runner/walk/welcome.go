package walk

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"gosyncio/content"
	"gosyncio/runner/course"
	"gosyncio/runner/plan"
	"gosyncio/runner/predict"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/stage"
	"gosyncio/runner/terminal"
)

// welcomeLesson is the lesson whose run opens the program.
const welcomeLesson = "tasks"

// welcome shows who comes for the first time a run before anything else, with
// the prediction that its lesson asks for, and returns in a sentence what
// came of it; "" if there was none. The run and the prediction count as the
// lesson's own. What could not be noted as seen is not shown: it would come
// again every time, and the menu says why nothing is kept.
func (t *Tour) welcome(ctx context.Context) (said string, err error) {
	if !t.journal.Load().Empty() || t.journal.Notice() != "" {
		return "", nil
	}
	t.journal.Note(func(s *progress.State) { s.Welcome(time.Now()) })
	if t.journal.Close() != nil {
		return "", nil
	}
	w, err := t.welcomeWalk(ctx)
	if w == nil || err != nil {
		return "", err
	}
	defer w.watch.Close()
	run, err := w.askWelcome(ctx)
	if err != nil || !run {
		return "", err
	}
	w.watch.Live = stage.NewLive(stage.Options{
		Title: programName, Position: "worker A, worker B", Palette: w.watch.Palette,
		KeysGoing: "any key goes to the menu, ? lists the keys", KeysEnded: "enter goes to the menu   ? keys", Fill: true,
	})
	w.tellStage()
	w.then = w.play()
	if err := t.screen.Run(ctx, &firstRun{Walk: w}, true); err != nil {
		return "", err
	}
	w.noteRuns()
	return w.cameOf(), nil
}

// welcomeWalk stands on the first page of the lesson that asks for a
// prediction, about to run it in Go alone: nothing else is needed for that.
// It is nil if there is nothing to choose from.
func (t *Tour) welcomeWalk(ctx context.Context) (*Walk, error) {
	lesson, err := course.Load(welcomeLesson)
	if err != nil {
		return nil, err
	}
	w := newWalk(ctx, t, lesson, "")
	for i, page := range w.pages() {
		run, runs := page.Run()
		if _, asks := page.Predict(); !runs || !asks {
			continue
		}
		w.page = i
		if w.watch.request, err = plan.ForPage(lesson, run, plan.Go); err != nil {
			return nil, err
		}
		if err = w.expect(); err == nil && w.prediction != nil && w.askable() {
			return w, nil
		}
	}
	return nil, err
}

// askWelcome asks for the prediction, and reports whether it is to be run.
func (w *Walk) askWelcome(ctx context.Context) (run bool, err error) {
	columns, rows := w.tour.screen.Size()
	p := w.prediction
	chosen, err := w.tour.screen.Choose(ctx, w.welcomeQuestion(columns, rows))
	if err != nil || chosen == len(p.Options)+1 {
		return false, err
	}
	w.predicted(chosen)
	return true, nil
}

// welcomeQuestion is the prediction, with all that it takes to make one. Where
// there is no room for that above, it is part of the question.
func (w *Walk) welcomeQuestion(columns, rows int) screen.Question {
	p, values := w.prediction, w.watch.request.Values.Texts()
	q := screen.Question{
		Above: []string{w.style().Title(programName), promise, "",
			fmt.Sprintf("Worker A sleeps %s, worker B sleeps %s.", values["a"], values["b"]),
			"sequential runs one after the other, concurrent both at once."},
		Text: content.StripBackticks(p.Question),
	}
	for _, o := range p.Options {
		q.Choices = append(q.Choices, screen.Labels(o.Text)...)
	}
	q.Choices = append(q.Choices, screen.Labels("(just run it)", "(straight to the menu)")...)
	if !q.Fits(columns, rows) {
		q.Above = nil
		q.Text = fmt.Sprintf("A sleeps %s, B sleeps %s. concurrent runs both at once. %s", values["a"], values["b"], q.Text)
	}
	return q
}

// cameOf is what came of the first run, in a sentence; "" if it has not
// ended.
func (w *Walk) cameOf() string {
	elapsed := w.watch.Live.Snapshot().Elapsed()
	decides := w.prediction.Kind()
	took, ended := elapsed[decides]
	if !w.watch.Ended() || !ended {
		return ""
	}
	said := fmt.Sprintf("%s took %.2f s", decides.Variant, took.Seconds())
	for _, part := range w.watch.request.Parts() {
		if other, ended := elapsed[part.Kind()]; ended && part.Kind() != decides {
			said += fmt.Sprintf(", %s %.2f s", part.Kind().Variant, other.Seconds())
		}
	}
	right := w.prediction.Options[w.prediction.Right()]
	said += ". " + content.StripBackticks(right.Why)
	if noted, ok := w.noted(); ok {
		verdict := ": not quite"
		switch {
		case noted.Open: // a busy machine decides nothing
			verdict = ""
		case noted.Right:
			verdict = ": right"
		}
		said = fmt.Sprintf("You said %s%s. %s", predict.Quote(w.prediction.Measure, noted.Given), verdict, said)
	}
	return said
}

// A firstRun is the model of the first run: a walk's stage that any key
// leaves but those that look at a moment of what has ended.
type firstRun struct {
	*Walk
	looks bool // at a moment
}

func (f *firstRun) Init() tea.Cmd {
	then := f.then
	f.then = nil
	return then
}

func (f *firstRun) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		_, cmd := f.Walk.Update(msg)
		return f, cmd
	}
	if f.over != nil {
		f.over = nil
		return f, nil
	}
	if key.String() == "?" {
		f.over = &help{"The keys of the first run", firstRunKeys()}
		return f, nil
	}
	if f.watch.Exporter.Asks() != "" || key.String() == "e" && f.watch.Done() {
		cmd, _ := f.watch.Update(msg)
		return f, cmd
	}
	if leaves := !f.watch.Ended() || key.String() == "esc" && !f.looks; !leaves {
		if cmd, looks := f.watch.Live.Update(msg); looks {
			f.looks = key.String() != "esc"
			return f, cmd
		}
	}
	f.quitting = true
	return f, tea.Quit
}

func firstRunKeys() [][2]string {
	return append([][2]string{
		{"enter, esc, q", "goes to the menu, as any other key"},
		{"left, right", "look at a moment, when the runs have ended; esc stops that"},
		{"e", "writes the runs to a file, when they have ended"},
	}, terminal.KeysEverywhere()...)
}

// Text is what is said of the first run where there are only lines.
func (f *firstRun) Text() screen.Text {
	if f.quitting {
		return screen.Text{Over: true}
	}
	text := f.watch.Text()
	text.Lines = append([]string{f.watch.request.Heading(), ""}, text.Lines...)
	text.Now, text.Keys = "q", f.watch.TextKeys("enter goes to the menu")
	return text
}
