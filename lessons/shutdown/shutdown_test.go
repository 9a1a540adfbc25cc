package shutdown

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// settings are those of a program.
type settings struct {
	Inflight              int
	Each, At, Late, Limit time.Duration
}

type program func(ctx context.Context, inflight int, each, at, late, limit time.Duration) error

// ran is what a program prints, and how long it takes. Of those who are
// answered, or lost, at the same moment nobody knows who says so first: such
// lines are sorted.
func ran(t *testing.T, program program, s settings) (lines []string, took time.Duration) {
	t.Helper()
	lines = lessontest.Output(t, func() {
		start := time.Now()
		if err := program(t.Context(), s.Inflight, s.Each, s.At, s.Late, s.Limit); err != nil {
			t.Error(err)
		}
		took = time.Since(start)
	})
	for i := range lines {
		n := i
		for n < len(lines) && strings.HasSuffix(lines[n], "answered") {
			n++
		}
		slices.Sort(lines[i:n])
	}
	return lines, took
}

// check wants a program to print these lines, once sorted has had them, and to
// take at least that time, but not for ever. On a busy machine what is to come
// a fraction of a second later may come too early: then all is tried four times
// slower, and again.
func check(t *testing.T, program program, s settings, sorted func(lines []string), least func(settings) time.Duration, want ...string) {
	t.Helper()
	for tries := 2; ; tries-- {
		lines, took := ran(t, program, s)
		sorted(lines)
		diff := cmp.Diff(want, lines)
		if diff != "" && tries > 0 {
			t.Logf("tried again, slower (-want +got):\n%s", diff)
			s.slower()
			continue
		}
		if diff != "" {
			t.Errorf("output (-want +got):\n%s", diff)
		}
		if took < least(s) || took > time.Minute {
			t.Errorf("it took %v, and could not take less than %v", took, least(s))
		}
		return
	}
}

// slower makes the times four times as long that are not for ever.
func (s *settings) slower() {
	for _, d := range []*time.Duration{&s.Each, &s.At, &s.Late, &s.Limit} {
		if *d < time.Minute {
			*d *= 4
		}
	}
}

// How lines are sorted of which it is not determined who comes first.
func asTheyCome([]string)       {}
func sorted(lines []string)     { slices.Sort(lines) }
func fromFourth(lines []string) { slices.Sort(lines[min(3, len(lines)):]) }

// What a program cannot end before.
func each(s settings) time.Duration { return s.Each }
func at(s settings) time.Duration   { return s.At }
func late(s settings) time.Duration { return s.Late }

const unit = time.Millisecond

func TestDrainAnswersAllWhoAreIn(t *testing.T) {
	s := settings{Inflight: 3, Each: 700 * unit, At: 250 * unit, Late: 450 * unit, Limit: time.Minute}
	check(t, Drain, s, asTheyCome, each, "the signal comes", "request 4 is refused",
		"request 1 is answered", "request 2 is answered", "request 3 is answered", "main returns")
}

// lost is the sorted output where nobody is answered.
var lost = []string{"main returns", "request 1 is lost", "request 2 is lost", "request 3 is lost", "request 4 is refused", "the signal comes"}

// Who hears first that the server hangs up is not determined.
func TestDrainHangsUpAfterTheLimit(t *testing.T) {
	s := settings{Inflight: 3, Each: time.Hour, At: 250 * unit, Late: 450 * unit, Limit: 150 * unit}
	check(t, Drain, s, sorted, late, lost...)
}

// Shutdown goes on beside main, which has returned.
func TestAbruptLosesAllWhoAreIn(t *testing.T) {
	s := settings{Inflight: 3, Each: time.Hour, At: 250 * unit, Late: 400 * unit, Limit: time.Minute}
	check(t, Abrupt, s, sorted, late, lost...)
}

// Shutdown may wait for connections that are not idle yet.
func TestDrainWaitsForNobodyIfNobodyIsIn(t *testing.T) {
	s := settings{Inflight: 3, Each: unit, At: 250 * unit, Late: 500 * unit, Limit: time.Minute}
	check(t, Drain, s, fromFourth, late, "request 1 is answered", "request 2 is answered", "request 3 is answered",
		"main returns", "request 4 is refused", "the signal comes")
}

// Nobody is late who comes before the signal.
func TestTheLastRequestIsLetIn(t *testing.T) {
	s := settings{Inflight: 3, Each: 100 * unit, At: 600 * unit, Late: 300 * unit, Limit: time.Minute}
	check(t, Drain, s, asTheyCome, at, "request 1 is answered", "request 2 is answered", "request 3 is answered",
		"request 4 is answered", "the signal comes", "main returns")
}

// The context that is asked to end ends the server as the signal does.
func TestTheCallersContextEndsIt(t *testing.T) {
	ends := func(ctx context.Context, inflight int, each, at, late, limit time.Duration) error {
		ctx, cancel := context.WithTimeout(ctx, at)
		defer cancel()
		return Drain(ctx, inflight, each, time.Hour, late, limit)
	}
	s := settings{Inflight: 1, Each: unit, At: 100 * unit, Late: 400 * unit, Limit: time.Minute}
	check(t, ends, s, asTheyCome, late, "request 1 is answered", "the signal comes", "main returns", "request 2 is refused")
}

// A slow server is one with a request that is under way.
type slow struct {
	*http.Server
	addr  string
	serve chan error      // what Serve returns
	asked chan struct{}   // closed when the request is with its handler
	ctx   context.Context // of the request
	reply chan struct{}   // to be closed, so that it is answered
	got   chan error      // what the client gets
}

func begun(t *testing.T) *slow {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &slow{addr: l.Addr().String(), serve: make(chan error, 1), asked: make(chan struct{}), reply: make(chan struct{}), got: make(chan error, 1)}
	s.Server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ctx = r.Context()
		close(s.asked)
		select {
		case <-s.reply:
		case <-r.Context().Done():
		}
	})}
	go func() { s.serve <- s.Serve(l) }()
	go func() {
		resp, err := http.Get("http://" + s.addr)
		if err == nil {
			resp.Body.Close()
		}
		s.got <- err
	}()
	<-s.asked
	return s
}

// Serve returns when Shutdown begins, with a request still under way. Nobody is
// let in any more, and the context of the request has not ended.
func TestServeReturnsBeforeShutdownDoes(t *testing.T) {
	s := begun(t)
	shut := make(chan error, 1)
	go func() { shut <- s.Shutdown(context.Background()) }()
	if err := <-s.serve; !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("Serve returns %v", err)
	}
	if conn, err := net.Dial("tcp", s.addr); err == nil {
		conn.Close()
		t.Error("somebody is let in")
	}
	if err := s.ctx.Err(); err != nil {
		t.Errorf("the request's context: %v", err)
	}
	select {
	case err := <-shut:
		t.Errorf("Shutdown returns %v with a request under way", err)
	default:
	}
	close(s.reply)
	if err := <-s.got; err != nil {
		t.Errorf("the client gets %v", err)
	}
	if err := <-shut; err != nil {
		t.Errorf("Shutdown returns %v", err)
	}
}

// Shutdown waits no longer than its context lasts: not at all, if that is the
// one that the signal has ended. It closes no connection then.
func TestShutdownWithAContextThatHasEnded(t *testing.T) {
	s := begun(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Shutdown returns %v", err)
	}
	if err := s.ctx.Err(); err != nil {
		t.Errorf("the request's context: %v", err)
	}
	close(s.reply)
	if err := s.Shutdown(context.WithoutCancel(ctx)); err != nil {
		t.Errorf("without the end of that context Shutdown returns %v", err)
	}
	<-s.serve
	if err := <-s.got; err != nil {
		t.Errorf("the client gets %v", err)
	}
}

// Close ends the context of the request, and the client gets no answer.
func TestCloseHangsUp(t *testing.T) {
	s := begun(t)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	<-s.ctx.Done()
	<-s.serve
	if err := <-s.got; err == nil {
		t.Error("the client gets an answer")
	}
}

// Shutdown forgets connections that a handler has taken over, such as those of
// WebSockets.
func TestShutdownDoesNotWaitForWhatWasTakenOver(t *testing.T) {
	taken := make(chan net.Conn, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
		}
		taken <- conn
	}))
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	theirs := <-taken
	if err := server.Config.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	io.WriteString(theirs, "x")
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Errorf("the connection is closed: %v", err)
	}
	theirs.Close()
	server.Close()
}
