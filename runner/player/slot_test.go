package player

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"gosyncio/lessons"
)

// A heldServer is what a run talks to; the comparison is not over before the
// test lets it close.
type heldServer struct {
	closing chan struct{} // is closed when it is asked to close
	release chan struct{} // the test closes it
	err     error         // what closing gives
}

func newHeldServer() *heldServer {
	return &heldServer{closing: make(chan struct{}), release: make(chan struct{})}
}

func (s *heldServer) Close() error {
	close(s.closing)
	<-s.release
	return s.err
}

// endless is a run of tasks that would take an hour, and that is over when
// it has been stopped and server has been released.
func endless(t *testing.T, server io.Closer) Setup {
	t.Helper()
	lesson, values := find(t, "tasks", "a=1h", "b=1h")
	lesson.Serve = func(lessons.Values) (string, io.Closer, error) { return "", server, nil }
	return Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential"})}
}

// isNotOver checks that the runs of c are still there.
func isNotOver(t *testing.T, c *Comparison) {
	t.Helper()
	if c.Ended() {
		t.Error("the runs have ended")
	}
}

func TestASlotIsEmptyAtFirst(t *testing.T) {
	t.Parallel()
	var slot Slot
	if c := slot.Current(); c != nil {
		t.Errorf("current is %v", c)
	}
	slot.Close()
}

func TestWhatASlotPlaysEndsWithItsContext(t *testing.T) {
	t.Parallel()
	var slot Slot
	defer slot.Close()
	server := newHeldServer()
	ctx, stop := context.WithCancel(t.Context())
	c, err := slot.Play(ctx, ours(), endless(t, server))
	if err != nil {
		t.Fatal(err)
	}
	if slot.Current() != c {
		t.Error("it is not the current one")
	}
	stop()
	isNotOver(t, c)
	<-server.closing // so it has been asked to stop
	close(server.release)
	c.Wait()
	if s := c.Runs[0].Status(); s.Err != stopped || slot.Current() != c {
		t.Errorf("error %q, want %q; still the current one: %v", s.Err, stopped, slot.Current() == c)
	}
}

// Who has been stopped before it is his turn does not end what is played.
func TestASlotPlaysNothingThatHasBeenStopped(t *testing.T) {
	t.Parallel()
	var slot Slot
	defer slot.Close()
	c, err := slot.Play(t.Context(), ours(), endless(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if late, err := slot.Play(ctx, ours(), endless(t, nil)); late != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("played %v, error %v", late, err)
	}
	isNotOver(t, c)
}

func TestASlotPlaysOneAfterTheOther(t *testing.T) {
	t.Parallel()
	var slot Slot
	defer slot.Close()
	server := newHeldServer()
	first, err := slot.Play(t.Context(), ours(), endless(t, server))
	if err != nil {
		t.Fatal(err)
	}
	second := endless(t, nil)
	serve := second.Lesson.Serve
	second.Lesson.Serve = func(v lessons.Values) (string, io.Closer, error) {
		if !first.Ended() {
			t.Error("the second begins before the first has ended")
		}
		_, _, err := serve(v)
		return "", nil, err
	}
	began := make(chan *Comparison)
	go func() {
		c, err := slot.Play(t.Context(), ours(), second)
		if err != nil {
			t.Error(err)
		}
		began <- c
	}()
	<-server.closing // the first has been stopped for the second
	if slot.Current() != first {
		t.Error("the first is not the current one, though it has not ended")
	}
	close(server.release)
	c := <-began
	if c == nil || c == first || slot.Current() != c {
		t.Fatalf("played is %v, current %v", c, slot.Current())
	}
	isNotOver(t, c)
}

func TestCloseOfASlotWaits(t *testing.T) {
	t.Parallel()
	var slot Slot
	server := newHeldServer()
	c, err := slot.Play(t.Context(), ours(), endless(t, server))
	if err != nil {
		t.Fatal(err)
	}
	endedBefore := make(chan bool)
	go func() {
		slot.Close()
		endedBefore <- c.Ended()
	}()
	<-server.closing
	isNotOver(t, c)
	close(server.release)
	if !<-endedBefore {
		t.Error("it was closed before the runs had ended")
	}
	if c, err := slot.Play(t.Context(), ours(), endless(t, nil)); c != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("played after Close: %v, error %v", c, err)
	}
	slot.Close() // once more does no harm
}

// Whoever waits for room when the slot is closed does not get it.
func TestASlotIsClosedWhileSomebodyWaitsForRoom(t *testing.T) {
	t.Parallel()
	var slot Slot
	server := newHeldServer()
	if _, err := slot.Play(t.Context(), ours(), endless(t, server)); err != nil {
		t.Fatal(err)
	}
	played := make(chan error)
	go func() {
		c, err := slot.Play(t.Context(), ours(), endless(t, nil))
		if c != nil {
			t.Error("it was played")
		}
		played <- err
	}()
	<-server.closing // it waits for the first to end
	closed := make(chan struct{})
	go func() { slot.Close(); close(closed) }()
	waitFor(t, slot.isClosed)
	close(server.release)
	if err := <-played; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	<-closed
}

// A slot in which something could not be started is empty.
func TestASlotInWhichNothingStarts(t *testing.T) {
	t.Parallel()
	var slot Slot
	defer slot.Close()
	setup, noPort := endless(t, nil), errors.New("no port is free")
	setup.Lesson.Serve = func(lessons.Values) (string, io.Closer, error) { return "", nil, noPort }
	c, err := slot.Play(t.Context(), ours(), setup)
	if c != nil || !errors.Is(err, noPort) || !strings.Contains(err.Error(), "start what tasks talks to: ") {
		t.Errorf("played %v, error %v, want %v", c, err, noPort)
	}
	if slot.Current() != nil {
		t.Error("something is played")
	}
}

// Why a server could not serve is said in the runs that failed, and not in
// those that went well or were stopped.
func TestTheServerIsBlamedForRunsThatFail(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, id string
		set      []string
		stop     bool
		want     string
	}{
		{"fails", "nosuch", []string{"a=1ms", "b=1ms"}, false, "exit status 2: unknown lesson \"nosuch\"; the server: too many open files"},
		{"goes well", "tasks", []string{"a=1ms", "b=1ms"}, false, ""},
		{"is stopped", "tasks", []string{"a=1h", "b=1h"}, true, stopped},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := newHeldServer()
			server.err = errors.New("too many \x1b[31mopen files\a")
			close(server.release)
			setup := endless(t, server)
			_, setup.Values = find(t, "tasks", tt.set...)
			setup.Lesson.ID = tt.id
			c, err := ours().Play(t.Context(), setup)
			if err != nil {
				t.Fatal(err)
			}
			if tt.stop {
				waitFor(t, func() bool { return c.Runs[0].Status().Phase == Going })
				c.Cancel()
			}
			c.Wait()
			if got := c.Runs[0].Status().Err; got != tt.want {
				t.Errorf("error %q, want %q", got, tt.want)
			}
		})
	}
}
