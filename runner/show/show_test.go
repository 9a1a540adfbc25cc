package show

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gosyncio/lessons"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	goleak.VerifyTestMain(m)
}

func opened(t *testing.T) *Show {
	t.Helper()
	s := New(t.Context(), false)
	t.Cleanup(s.Close)
	s.Open(stage.Options{Title: "the title"})
	return s
}

// nothing says why there is nothing to play.
func nothing(why string) Play {
	return func(context.Context, *player.Slot, func(*player.Comparison)) error { return errors.New(why) }
}

// waits waits until nobody wants it any more, and notes that it has ended.
func waits(begun chan<- bool, ended *bool) Play {
	return func(ctx context.Context, _ *player.Slot, _ func(*player.Comparison)) error {
		begun <- true
		<-ctx.Done()
		*ended = true
		return ctx.Err()
	}
}

func TestWhatCannotBeStartedIsSaid(t *testing.T) {
	t.Parallel()
	s := opened(t)
	msg := s.Start(nothing("no port is free"))()
	if s.Ended() {
		t.Error("it has ended before it is known")
	}
	if _, handled := s.Update(msg); !handled || !s.Ended() || !s.Done() {
		t.Error("it has not ended")
	}
	if text := s.Text(); text.Busy || strings.Join(text.Lines, " ") != "no port is free" {
		t.Errorf("%+v", text)
	}
}

// What an earlier start says changes nothing, nor does what comes when the
// stage has been left.
func TestEarlierStartsAreForgotten(t *testing.T) {
	t.Parallel()
	s := opened(t)
	first := s.Start(nothing("the first"))
	second := s.Start(nothing("the second"))
	s.Update(first())
	if s.Ended() {
		t.Error("the first start is the last")
	}
	s.Update(second())
	if got := s.Live.Failed(); got != "the second" {
		t.Errorf("failed for %q", got)
	}
	third := s.Start(nothing("the third"))
	s.Leave()
	if _, handled := s.Update(third()); !handled || s.Live != nil {
		t.Error("the stage is there again")
	}
}

// Another start, leaving and closing end what plays; Close waits for it.
func TestWhoPlaysIsEnded(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*Show){
		"another start": func(s *Show) { s.Start(nothing("")) },
		"leaving":       (*Show).Leave,
		"closing":       func(*Show) {},
	} {
		s := opened(t)
		begun, ended := make(chan bool, 1), false
		s.Start(waits(begun, &ended))
		<-begun
		end(s)
		s.Close()
		if !ended {
			t.Errorf("%s does not end it", name)
		}
	}
}

// Runs are shown, told in lines, and stopped.
func TestRunsAreShown(t *testing.T) {
	t.Parallel()
	s := opened(t)
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	values, err := lesson.Defaults().With("a", "1h")
	if err != nil {
		t.Fatal(err)
	}
	variant, err := lesson.Variant("concurrent")
	if err != nil {
		t.Fatal(err)
	}
	started := s.Start(func(ctx context.Context, slot *player.Slot, started func(*player.Comparison)) error {
		c, err := slot.Play(ctx, player.New(os.Environ()), player.Setup{Lesson: lesson, Values: values, Parts: []player.Part{{Variant: variant}}, Limit: time.Hour})
		if err == nil {
			started(c)
		}
		return err
	})
	msg := started().(StartedMsg)
	if msg.Comparison == nil || s.Current() != msg.Comparison {
		t.Fatal(msg.Err)
	}
	s.Update(msg)
	for !strings.Contains(strings.Join(s.Text().Lines, "\n"), "A started") {
		<-msg.Comparison.Changed()
	}
	if text := s.Text(); !text.Busy {
		t.Errorf("%+v", text)
	}
	if shown := strings.Join(s.Live.Lines(80, 24), "\n"); !strings.Contains(shown, "concurrent · Go") {
		t.Error(shown)
	}
	s.Leave()
	msg.Comparison.Wait()
	if got := msg.Comparison.Runs[0].Status().Err; got != "stopped" {
		t.Error(got)
	}
}
