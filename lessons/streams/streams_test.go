package streams

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve starts the lesson's server for one test.
func serve(t *testing.T, silent time.Duration) *Server {
	t.Helper()
	server, err := Serve(silent)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// checkOutput wants a program to print these lines, in any order: which of two
// that hear of the end of a context goes first is not determined.
func checkOutput(t *testing.T, program func() error, want ...string) {
	t.Helper()
	got := lessontest.Output(t, func() {
		if err := program(); err != nil {
			t.Error(err)
		}
	})
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

type limitedProgram func(ctx context.Context, addr string, limit time.Duration) error

// The server would be silent for an hour.
func TestADeadlineEndsARead(t *testing.T) {
	server := serve(t, time.Hour)
	for name, program := range map[string]limitedProgram{"deadline": Deadline, "afterfunc": AfterFunc} {
		t.Run(name, func(t *testing.T) {
			checkOutput(t, func() error { return program(t.Context(), server.Addr, 100*time.Millisecond) },
				"client gives up: i/o timeout", "context ends")
		})
	}
}

// A limit that is over before the connection stands is one like any other.
func TestALimitThatEndsTheDial(t *testing.T) {
	server := serve(t, time.Hour)
	for name, program := range map[string]limitedProgram{"context": Context, "deadline": Deadline, "afterfunc": AfterFunc} {
		t.Run(name, func(t *testing.T) {
			checkOutput(t, func() error { return program(t.Context(), server.Addr, time.Nanosecond) },
				"client gives up: i/o timeout", "context ends")
		})
	}
}

// Its context ends first, and the answer is heard all the same.
func TestTheEndOfAContextEndsNoRead(t *testing.T) {
	server := serve(t, 300*time.Millisecond)
	start := time.Now()
	lines := lessontest.Output(t, func() {
		if err := Context(t.Context(), server.Addr, 100*time.Millisecond); err != nil {
			t.Error(err)
		}
	})
	if diff := cmp.Diff([]string{"context ends", "client hears: it costs 42"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	if took := time.Since(start); took < 300*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}

func TestAnAnswerWithinTheLimitIsHeard(t *testing.T) {
	server := serve(t, 0)
	for name, program := range map[string]limitedProgram{"context": Context, "deadline": Deadline, "afterfunc": AfterFunc} {
		t.Run(name, func(t *testing.T) {
			checkOutput(t, func() error { return program(t.Context(), server.Addr, time.Hour) },
				"client hears: it costs 42", "context ends")
		})
	}
}

// The context is cancelled when the server hears the question, long before the
// limit. Who has only told the connection the limit waits for the answer.
func TestOnlyAfterFuncHearsOfACancel(t *testing.T) {
	for name, tt := range map[string]struct {
		program limitedProgram
		answers bool
		want    string
	}{
		"context":   {Context, true, "client hears: it costs 42"},
		"deadline":  {Deadline, true, "client hears: it costs 42"},
		"afterfunc": {AfterFunc, false, "client gives up: i/o timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			addr := lessontest.Listen(t, func(conn net.Conn) {
				bufio.NewReader(conn).ReadString('\n')
				cancel()
				if tt.answers {
					time.Sleep(20 * time.Millisecond) // time enough for who would give up
					fmt.Fprintln(conn, "it costs 42")
				}
				io.Copy(io.Discard, conn)
			})
			checkOutput(t, func() error { return tt.program(ctx, addr, time.Hour) },
				tt.want, "context ends")
		})
	}
}

// A deadline is a time. It holds for each Read until another is set, and the
// connection is as good as before.
func TestADeadlineStaysAndCanBeTakenAway(t *testing.T) {
	addr := lessontest.Listen(t, func(conn net.Conn) {
		fmt.Fprintln(conn, "hello")
		io.Copy(io.Discard, conn)
	})
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetReadDeadline(time.Now())
	for range 3 {
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || err.(net.Error).Timeout() == false {
			t.Errorf("a Read behind the deadline: %v", err)
		}
	}
	conn.SetReadDeadline(time.Time{})
	if line, err := bufio.NewReader(conn).ReadString('\n'); line != "hello\n" {
		t.Errorf("without the deadline it reads %q, %v", line, err)
	}
}

func TestHalfCloseHearsTheAnswer(t *testing.T) {
	server := serve(t, time.Millisecond)
	checkOutput(t, func() error { return HalfClose(t.Context(), server.Addr) }, "client hears: there were 3")
}

// The server sees the end of what is sent before it answers: with the
// connection closed as a whole nobody would be there to hear it.
func TestHalfCloseEndsWhatTheServerReads(t *testing.T) {
	addr := lessontest.Listen(t, func(conn net.Conn) {
		all, err := io.ReadAll(conn)
		fmt.Fprintf(conn, "%q %v\n", all, err)
	})
	checkOutput(t, func() error { return HalfClose(t.Context(), addr) }, `client hears: "count\na\nb\nc\n" <nil>`)

	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a Read of a closed connection: %v", err)
	}
}

func TestALongLineEndsAScanner(t *testing.T) {
	server := serve(t, time.Millisecond)
	const tooLong = "client gives up: bufio.Scanner: token too long"
	for _, tt := range []struct {
		name    string
		program func(ctx context.Context, addr string, size int) error
		size    int
		want    []string
	}{
		{"short", LongLine, 1, []string{"lines read: 3"}},
		{"just fits", LongLine, 65535, []string{"lines read: 3"}},
		{"does not fit", LongLine, 65536, []string{"lines read: 1", tooLong}},
		{"far too long", LongLine, 1_000_000, []string{"lines read: 1", tooLong}},
		{"with room", Roomy, 70_000, []string{"lines read: 3"}},
		{"with room for the longest", Roomy, 1_000_000, []string{"lines read: 3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkOutput(t, func() error { return tt.program(t.Context(), server.Addr, tt.size) }, tt.want...)
		})
	}
}

// A Reader takes lines of any length, as the text says.
func TestAReaderTakesLongLines(t *testing.T) {
	lines := bufio.NewReader(strings.NewReader("short\n" + strings.Repeat(".", 70_000) + "\nlast\n"))
	for _, want := range []int{6, 70_001, 5} {
		if line, err := lines.ReadString('\n'); err != nil || len(line) != want {
			t.Errorf("%d bytes, %v; want %d", len(line), err, want)
		}
	}
}

func TestCloseEndsWhoWaitsForAnAnswer(t *testing.T) {
	server, err := Serve(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintln(conn, "price")
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the connection is still open")
	}
}

func TestNobodyListens(t *testing.T) {
	const nobody = "127.0.0.1:0"
	lessontest.Output(t, func() {
		for name, err := range map[string]error{
			"context":   Context(t.Context(), nobody, time.Hour),
			"deadline":  Deadline(t.Context(), nobody, time.Hour),
			"afterfunc": AfterFunc(t.Context(), nobody, time.Hour),
			"halfclose": HalfClose(t.Context(), nobody),
			"longline":  LongLine(t.Context(), nobody, 1),
			"roomy":     Roomy(t.Context(), nobody, 1),
		} {
			if err == nil {
				t.Errorf("%s: no error though nobody listens", name)
			}
		}
	})
}

// Who hangs up gives no answer, which is an error.
func TestTheServerHangsUp(t *testing.T) {
	addr := lessontest.Listen(t, func(conn net.Conn) { bufio.NewReader(conn).ReadString('\n') })
	lessontest.Output(t, func() {
		if err := AfterFunc(t.Context(), addr, time.Hour); !errors.Is(err, io.EOF) {
			t.Errorf("error = %v, want %v", err, io.EOF)
		}
	})
}
