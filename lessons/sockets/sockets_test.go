package sockets

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type program func(ctx context.Context, addr string, clients int, pause time.Duration) error

func programs() map[string]program {
	return map[string]program{"sequential": Sequential, "concurrent": Concurrent}
}

// serve starts the lesson's server for one test.
func serve(t *testing.T, clients int) *Server {
	t.Helper()
	server, err := Serve(clients)
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

// run is what a program prints, the measured figures replaced by "N".
func run(t *testing.T, program program, addr string, clients int) []string {
	t.Helper()
	lines := lessontest.Output(t, func() {
		if err := program(t.Context(), addr, clients, 0); err != nil {
			t.Error(err)
		}
	})
	for i, line := range lines {
		line = regexp.MustCompile(`^threads: [1-9]\d*$`).ReplaceAllString(line, "threads: N")
		lines[i] = regexp.MustCompile(`connection: (\d+ KB|unknown)$`).ReplaceAllString(line, "connection: N")
	}
	return lines
}

func TestEveryClientHearsItsEcho(t *testing.T) {
	for _, clients := range []int{1, 99, 500} {
		memory := "memory per connection: unknown with fewer than 100"
		if clients >= 100 {
			memory = "memory per connection: N"
		}
		heard := fmt.Sprint("echoes heard: ", clients)
		for name, want := range map[string][]string{
			"sequential": {"connections open at once: 1", "threads: N", heard},
			"concurrent": {fmt.Sprint("connections open at once: ", clients), memory, "threads: N", heard},
		} {
			t.Run(fmt.Sprint(name, clients), func(t *testing.T) {
				got := run(t, programs()[name], serve(t, clients).Addr, clients)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("output (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestOneServerServesSeveralRunsAtOnce(t *testing.T) {
	const clients = 500
	server := serve(t, clients)
	lines := lessontest.Output(t, func() {
		var wg sync.WaitGroup
		for range 2 {
			for name, program := range programs() {
				wg.Go(func() {
					if err := program(t.Context(), server.Addr, clients, 0); err != nil {
						t.Errorf("%s: %v", name, err)
					}
				})
			}
		}
		wg.Wait()
	})
	if heard := strings.Count(strings.Join(lines, "\n"), "echoes heard: 500"); heard != 4 {
		t.Errorf("%d of 4 runs heard all echoes:\n%s", heard, strings.Join(lines, "\n"))
	}
}

// The server answers nobody until as many are connected as the variant
// has at once, and counts the most: it shows what is open at once without
// looking at a clock.
func TestConnectionsOpenAtOnce(t *testing.T) {
	const clients = 120 // more than may connect at a time
	for name, want := range map[string]int32{"sequential": 1, "concurrent": clients} {
		t.Run(name, func(t *testing.T) {
			var open, most atomic.Int32
			full := make(chan struct{})
			var once sync.Once
			addr := lessontest.Listen(t, func(conn net.Conn) {
				n := open.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				if n == want {
					once.Do(func() { close(full) })
				}
				line, err := bufio.NewReader(conn).ReadString('\n')
				if err != nil {
					t.Error(err)
				}
				<-full
				open.Add(-1) // before the client can go on
				io.WriteString(conn, line)
				io.Copy(io.Discard, conn)
			})
			run(t, programs()[name], addr, clients)
			if most.Load() != want {
				t.Errorf("most connections at once = %d, want %d", most.Load(), want)
			}
		})
	}
}

// What is said of all the open connections is said before anybody speaks.
func TestNobodySpeaksBeforeAllAreConnected(t *testing.T) {
	const clients = 120
	var stdout string
	said := make(chan string, clients)
	addr := lessontest.Listen(t, func(conn net.Conn) {
		line, _ := bufio.NewReader(conn).ReadString('\n')
		text, err := os.ReadFile(stdout)
		if err != nil {
			t.Error(err)
		}
		said <- string(text)
		io.WriteString(conn, line)
		io.Copy(io.Discard, conn)
	})
	lessontest.Output(t, func() {
		stdout = os.Stdout.Name()
		if err := Concurrent(t.Context(), addr, clients, 0); err != nil {
			t.Error(err)
		}
	})
	for range clients {
		if text := <-said; !strings.Contains(text, "connections open at once: 120\n") {
			t.Errorf("a client spoke when this had been printed: %q", text)
		}
	}
}

// The pauses of one after the other add up. Those of all at once overlap:
// together they are over long before their sum, on a slow machine too.
func TestPausesOverlapOnlyInConcurrent(t *testing.T) {
	elapsed := func(program program, clients int, pause time.Duration) time.Duration {
		server := serve(t, clients)
		start := time.Now()
		lessontest.Output(t, func() {
			if err := program(t.Context(), server.Addr, clients, pause); err != nil {
				t.Error(err)
			}
		})
		return time.Since(start)
	}
	if got := elapsed(Sequential, 5, 20*time.Millisecond); got < 100*time.Millisecond {
		t.Errorf("sequential took %v for 5 pauses of 20 ms", got)
	}
	if got := elapsed(Concurrent, 60, time.Second); got >= time.Minute {
		t.Errorf("concurrent took %v for 60 pauses of 1 s", got)
	}
}

func TestAWrongEchoOrNoneIsAnError(t *testing.T) {
	for what, handle := range map[string]func(net.Conn){
		`heard "nonsense\n"`: func(conn net.Conn) { bufio.NewReader(conn).ReadString('\n'); fmt.Fprintln(conn, "nonsense") },
		": no echo: EOF":     func(conn net.Conn) { bufio.NewReader(conn).ReadString('\n') },
	} {
		addr := lessontest.Listen(t, handle)
		for name, program := range programs() {
			lessontest.Output(t, func() {
				err := program(t.Context(), addr, 3, 0)
				if err == nil || !strings.Contains(err.Error(), what) {
					t.Errorf("%s: error = %v, want it to contain %q", name, err, what)
				}
			})
		}
	}
}

func TestNobodyWaitsForeverIfNobodyCanConnect(t *testing.T) {
	for name, program := range programs() {
		lessontest.Output(t, func() {
			if err := program(t.Context(), "127.0.0.1:0", 100, 0); err == nil {
				t.Errorf("%s: no error though nobody listens", name)
			}
		})
	}
}

func TestCloseEndsConnectionsThatAreOpen(t *testing.T) {
	server, err := Serve(10)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintln(conn, "hello")
	if line, err := bufio.NewReader(conn).ReadString('\n'); line != "hello\n" {
		t.Errorf("echo = %q, %v", line, err)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the connection is still open")
	}
}

func TestServeNamesTheLimitOnOpenFiles(t *testing.T) {
	limit, ok := fileLimit()
	if !ok || limit > 1<<30 {
		t.Skip("there is no limit on open files")
	}
	clients := int(limit)
	_, err := Serve(clients)
	want := fmt.Sprintf("a process may have %d files open here, and the server needs %d for clients=%d: "+
		"raise the limit with ulimit -n, or set clients to %d or less", limit, 2*clients+64, clients, (limit-64)/2)
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want: %s", err, want)
	}
}

func TestLimitsOfTheSystemAreExplained(t *testing.T) {
	failed := func(err error) error {
		return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("socket", err)}
	}
	for err, want := range map[error]string{
		failed(syscall.EMFILE):        "raise the limit with ulimit -n, or choose fewer clients",
		failed(syscall.EADDRNOTAVAIL): "choose fewer clients, or try again in a minute",
		failed(io.EOF):                "dial tcp: socket: EOF",
		errors.New("another"):         "another",
	} {
		if got := explain(err, 2000).Error(); !strings.HasSuffix(got, want) {
			t.Errorf("error = %q, want it to end %q", got, want)
		}
	}
}

func TestShareIsRoundedAndNeverNegative(t *testing.T) {
	for _, tt := range []struct {
		before, after int64
		n             int
		want          string
	}{
		{1, 1 + 1_100_000, 100, "11 KB"}, {1, 1 + 149_999, 100, "1 KB"}, {1, 1 + 150_000, 100, "2 KB"},
		{2, 1, 100, "0 KB"}, {0, 0, 100, "unknown"}, {1, 2, 99, "unknown with fewer than 100"},
	} {
		if got := share(tt.before, tt.after, tt.n); got != tt.want {
			t.Errorf("share(%d, %d, %d) = %s, want %s", tt.before, tt.after, tt.n, got, tt.want)
		}
	}
}
