package virtual

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// In virtual time what is said to be real is exact, too.
func TestRealTakesItsTime(t *testing.T) {
	elapsed, lines := lessontest.InVirtualTime(t, func(ctx context.Context) error { return Real(ctx, 3*time.Second) })
	if elapsed != 3*time.Second {
		t.Errorf("elapsed = %v, want 3s", elapsed)
	}
	if diff := cmp.Diff([]string{"backup made", "by its clock: 3s"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestVirtualWaitsExactlyAnHourThatIsNone(t *testing.T) {
	for _, tt := range []struct {
		name string
		t    *testing.T
	}{
		{"go test's own", t},
		{"an empty one", new(testing.T)}, // as the lesson is run
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			lines := lessontest.Output(t, func() { Virtual(tt.t, time.Hour) })
			if diff := cmp.Diff([]string{"backup made", "by its clock: 1h0m0s"}, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
			if took := time.Since(start); took >= time.Hour {
				t.Errorf("took %v", took)
			}
		})
	}
}

// While somebody waits for a socket the clock stands still: nothing has passed
// when the answer is there, and the backup comes later.
func TestAServerOutsideHoldsTheClock(t *testing.T) {
	server, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	const short = 50 * time.Millisecond
	start := time.Now()
	lines := lessontest.Output(t, func() {
		if err := Socket(t, server.Addr, time.Hour, short); err != nil {
			t.Error(err)
		}
	})
	if took := time.Since(start); took < short {
		t.Errorf("took %v, less than the server", took)
	}
	if diff := cmp.Diff([]string{"answer there", "by its clock: 0s", "backup made"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestTheServerIsNotHeldUp(t *testing.T) {
	server, err := Serve()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"1h\n", "nonsense\n", ""} {
		conn, err := net.Dial("tcp", server.Addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, line)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

func TestABubbleBeginsInTheYear2000(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got, want := time.Now(), time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
			t.Errorf("it is %v, want %v", got, want)
		}
	})
}

// What the text says lets the clock jump does.
func TestWhatLetsTheClockJump(t *testing.T) {
	for name, wait := range map[string]func(until func(func())){
		"a timer": func(until func(func())) {
			timer := time.NewTimer(2 * time.Hour)
			until(func() { timer.Reset(0) })
			<-timer.C
		},
		"a channel": func(until func(func())) {
			c := make(chan bool)
			until(func() { c <- true })
			<-c
		},
		"a select": func(until func(func())) {
			c, never := make(chan bool), make(chan bool)
			until(func() { close(c) })
			select {
			case <-c:
			case <-never:
			}
		},
		"a WaitGroup": func(until func(func())) {
			var wg sync.WaitGroup
			wg.Add(1)
			until(wg.Done)
			wg.Wait()
		},
		"a Cond": func(until func(func())) {
			cond := sync.NewCond(new(sync.Mutex))
			cond.L.Lock()
			until(func() {
				cond.L.Lock()
				defer cond.L.Unlock()
				cond.Broadcast()
			})
			cond.Wait()
			cond.L.Unlock()
		},
		"a pipe": func(until func(func())) {
			here, there := net.Pipe()
			until(func() { fmt.Fprint(there, "x"); there.Close() })
			if _, err := here.Read(make([]byte, 1)); err != nil {
				t.Error(err)
			}
			here.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				wait(func(wake func()) { time.AfterFunc(time.Hour, wake) })
				if passed := time.Since(start); passed != time.Hour {
					t.Errorf("%v have passed, want 1h", passed)
				}
			})
		})
	}
}

// inProcess is a process of its own for a test of this file.
func inProcess(t *testing.T, test string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+test+"$")
	cmd.Env = append(os.Environ(), alone+"=1")
	return cmd
}

// alone names the variable that such a process has.
const alone = "VIRTUAL_TEST_ALONE"

// A goroutine that is left over and waits for ever is told of.
func TestALeakIsToldOf(t *testing.T) {
	if os.Getenv(alone) != "" {
		synctest.Test(t, func(*testing.T) {
			forever := make(chan bool)
			go func() { <-forever }()
		})
		return
	}
	const want = "main bubble goroutine has exited but blocked goroutines remain"
	printed, err := inProcess(t, "TestALeakIsToldOf").CombinedOutput()
	if err == nil || !strings.Contains(string(printed), want) || !strings.Contains(string(printed), "virtual_test.go") {
		t.Errorf("error %v, it prints %q", err, printed)
	}
}

// Who sleeps and holds a lock that another one waits for hangs the bubble.
func TestALockHoldsTheClock(t *testing.T) {
	if os.Getenv(alone) != "" {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			mu.Lock()
			var wg sync.WaitGroup
			wg.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				fmt.Println("has it")
			})
			fmt.Println("begins")
			time.Sleep(time.Second)
			mu.Unlock()
			wg.Wait()
		})
		fmt.Println("ends")
		return
	}
	const while = 300 * time.Millisecond // for what would take no time
	cmd := inProcess(t, "TestALockHoldsTheClock")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan(); lines.Text() != "begins" {
		t.Errorf("it prints %q", lines.Text())
	}
	time.AfterFunc(while, func() { cmd.Process.Kill() })
	if lines.Scan() {
		t.Errorf("it does not hang: it prints %q", lines.Text())
	}
	if err := cmd.Wait(); err == nil {
		t.Error("it does not hang: it ends")
	}
}
