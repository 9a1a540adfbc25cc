package leaks

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

// Those whose answer nobody takes never end, which is what the lesson shows.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("gosyncio/lessons/leaks.ask"),
		goleak.IgnoreAnyFunction("gosyncio/lessons/leaks.receive"),
		goleak.IgnoreAnyFunction("gosyncio/lessons/leaks.lock"))
}

// checkPrints wants f to print these lines, in real time: those that it leaves
// behind would end no bubble. What else the process does is over before, and no
// garbage is collected meanwhile: goroutines do that, too, and here they are
// counted. A machine with much else to do may need another attempt.
func checkPrints(t *testing.T, want []string, f func()) {
	t.Helper()
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	diff := ""
	for range 10 {
		time.Sleep(50 * time.Millisecond)
		if diff = cmp.Diff(want, lessontest.Output(t, f)); diff == "" {
			return
		}
	}
	t.Errorf("output (-want +got):\n%s", diff)
}

// leftBy is how many servers are still asked when f has returned, in virtual
// time.
func leftBy(t *testing.T, f func()) (left int) {
	t.Helper()
	lessontest.Output(t, func() {
		defer func() {
			if v := recover(); v != nil && !strings.Contains(fmt.Sprint(v), "blocked goroutines remain") {
				panic(v)
			}
		}()
		synctest.Test(t, func(*testing.T) {
			before := asked()
			f()
			left = asked() - before
		})
	})
	return left
}

// asked are the servers that are still asked. (The runtime's own count is late
// by an instant, and there is none in virtual time.)
func asked() (count int) {
	stacks := make([]byte, 1<<22)
	for stack := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if strings.Contains(stack, "\ngosyncio/lessons/leaks.ask(") || strings.Contains(stack, "\ngosyncio/lessons/leaks.listen(") {
			count++
		}
	}
	return count
}

// In each round all but the first are left, or all but those who find room.
func TestLosersAreLeftWithoutRoom(t *testing.T) {
	for _, tt := range []struct{ rounds, servers, room, want int }{
		{20, 3, 0, 40},
		{3, 1, 0, 0}, // nobody loses
		{2, 5, 0, 8},
		{20, 3, 1, 20},
		{2, 5, 2, 4},
		{2, 3, 2, 0},
	} {
		t.Run(fmt.Sprintf("%+v", tt), func(t *testing.T) {
			program := func(each time.Duration) {
				if tt.room > 0 {
					Buffered(t.Context(), tt.rounds, tt.servers, tt.room, each)
					return
				}
				Abandoned(t.Context(), tt.rounds, tt.servers, each)
			}
			if got := leftBy(t, func() { program(time.Second) }); got != tt.want {
				t.Errorf("%d are left, want %d", got, tt.want)
			}
			checkPrints(t, []string{fmt.Sprint(tt.rounds, " answers"), fmt.Sprint(tt.want, " are left")},
				func() { program(20 * time.Millisecond) })
		})
	}
}

// With room for all who lose, and with a ctx, nobody is left, after just as
// long.
func TestNobodyIsLeft(t *testing.T) {
	const rounds, servers = 20, 3
	for name, program := range map[string]func(ctx context.Context, each time.Duration){
		"buffered": func(ctx context.Context, each time.Duration) {
			Buffered(ctx, rounds, servers, servers-1, each)
		},
		"cancelled": func(ctx context.Context, each time.Duration) { Cancelled(ctx, rounds, servers, each) },
	} {
		t.Run(name, func(t *testing.T) {
			checkPrints(t, []string{"20 answers", "0 are left"}, func() { program(t.Context(), 20*time.Millisecond) })
			elapsed, _ := lessontest.InVirtualTime(t, func(ctx context.Context) error { program(ctx, time.Second); return nil })
			if want := (rounds + servers) * time.Second; elapsed != want {
				t.Errorf("elapsed = %v, want %v", elapsed, want)
			}
		})
	}
}

// A ctx ends the losers of a round with the round, room lets them go on.
func TestACtxEndsTheLosersSooner(t *testing.T) {
	const servers, each = 3, time.Second
	for _, tt := range []struct {
		name  string
		first func(context.Context) string
		left  int
	}{
		{"room", func(ctx context.Context) string { return roomy(ctx, 1, servers, servers-1, each) }, 2},
		{"ctx", func(ctx context.Context) string { return only(ctx, 1, servers, each) }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lessontest.InVirtualTime(t, func(ctx context.Context) error {
				before, start := asked(), time.Now()
				if got := tt.first(ctx); got != "the answer of 1.1" || time.Since(start) != each {
					t.Errorf("answer %q after %v", got, time.Since(start))
				}
				time.Sleep(each / 2)
				if got := asked() - before; got != tt.left {
					t.Errorf("%d are asked half a round later, want %d", got, tt.left)
				}
				time.Sleep(servers * each) // for those
				return nil
			})
		})
	}
}

// Who is past its select, and sends without room, is not let go by a ctx.
func TestACtxDoesNotEndASend(t *testing.T) {
	lessontest.InVirtualTime(t, func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		before, answers := asked(), make(chan string)
		go listen(ctx, "A", time.Second, answers)
		time.Sleep(2 * time.Second)
		cancel()
		time.Sleep(time.Hour)
		if n := asked() - before; n != 1 {
			t.Errorf("%d are asked, want 1", n)
		}
		<-answers
		return nil
	})
}

// pages is the lesson's text.
func pages(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../content/leaks/lesson.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fences are the text fences of the lesson, in their order.
func fences(t *testing.T) (all []string) {
	t.Helper()
	for _, m := range regexp.MustCompile("(?s)```text\n(.*?)```").FindAllStringSubmatch(pages(t), -1) {
		all = append(all, m[1])
	}
	const want = 3 // two of the goroutine profile, and the leak profile
	if len(all) != want {
		t.Fatalf("the lesson shows %d texts, want %d", len(all), want)
	}
	return all
}

// What differs from run to run in a profile, or from machine to machine.
var (
	address   = regexp.MustCompile(`0x[0-9a-f]+\??( 0x[0-9a-f]+)*`)
	arguments = regexp.MustCompile(`\([^()]*(\.\.\.|0x)[^()]*\)`)
	number    = regexp.MustCompile(`\b(total|goroutine) \d+`)
	file      = regexp.MustCompile(`\S*/(\w+\.(go|py))`)
)

// plain is a line of a profile, less what differs.
func plain(line string) string {
	line = number.ReplaceAllString(line, "$1 N")
	line = arguments.ReplaceAllString(line, "(...)")
	line = address.ReplaceAllString(line, "0x")
	line = file.ReplaceAllStringFunc(line, path.Base)
	return strings.Join(strings.Fields(line), " ")
}

// checkShown wants the lines of a text to follow each other in a profile.
func checkShown(t *testing.T, text, profile string) {
	t.Helper()
	lines := func(s string) string {
		var all []string
		for line := range strings.Lines(s) {
			all = append(all, plain(line))
		}
		return strings.Join(all, "\n")
	}
	if shown := strings.TrimSpace(lines(text)); !strings.Contains(lines(profile), shown) {
		t.Errorf("the lesson shows\n%s\nwhich is not in\n%s", shown, lines(profile))
	}
}

// profile writes one of the runtime's profiles.
func profile(t *testing.T, name string, debug int) string {
	t.Helper()
	var text bytes.Buffer
	if err := pprof.Lookup(name).WriteTo(&text, debug); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// inNewProcess reports whether this is the test in a process of its own, in
// which nothing was left over before. If it is not, it runs it there.
func inNewProcess(t *testing.T) bool {
	t.Helper()
	const variable = "GOSYNCIO_LEAKS_TEST"
	if os.Getenv(variable) == t.Name() {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), variable+"="+t.Name())
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil:
		t.Errorf("%v:\n%s", err, out)
	case bytes.Contains(out, []byte("--- SKIP")):
		t.Skipf("%s", out)
	}
	return false
}

// leave leaves the forty of the lesson's first run.
func leave(t *testing.T) {
	t.Helper()
	Abandoned(t.Context(), 20, 3, time.Millisecond)
	for deadline := time.Now().Add(time.Minute); !strings.Contains(profile(t, "goroutine", 1), "\n40 @"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("there are not forty:\n%s", profile(t, "goroutine", 1))
		}
	}
}

// Each line of the goroutine profile that the lesson shows is in it.
func TestTheGoroutineProfileIsTheOneShown(t *testing.T) {
	if !inNewProcess(t) {
		return
	}
	leave(t)
	texts := fences(t)
	checkShown(t, texts[0], profile(t, "goroutine", 1))
	checkShown(t, texts[1], profile(t, "goroutine", 2))
}

// reachable is a channel that anybody may still send on.
var reachable = make(chan string)

func receive() { <-reachable }

// lock waits for a lock that nobody else has heard of. (It is large, or the
// collector might keep it for the sake of a neighbour.)
func lock() {
	locked := new(struct {
		sync.Mutex
		_ [64]byte
	})
	locked.Lock()
	locked.Lock()
}

// Each line of the leak profile that the lesson shows is in it, and who waits
// at a channel that can be reached is not.
func TestTheLeakProfileIsTheOneShown(t *testing.T) {
	if pprof.Lookup("goroutineleak") == nil {
		t.Skip("needs Go 1.27, or GOEXPERIMENT=goroutineleakprofile")
	}
	if !inNewProcess(t) {
		return
	}
	leave(t)
	text := profile(t, "goroutineleak", 1)
	checkShown(t, fences(t)[2], text)
	if !strings.HasPrefix(text, "goroutineleak profile: total 40\n") {
		t.Errorf("the leak profile is\n%s", text)
	}
	go receive()
	go lock()
	for !strings.Contains(profile(t, "goroutine", 2), "[sync.Mutex.Lock]") || strings.Count(profile(t, "goroutine", 2), "[chan receive]") < 2 {
		time.Sleep(time.Millisecond) // until they wait, as main does
	}
	if text := profile(t, "goroutineleak", 1); !strings.Contains(text, "leaks.lock") || strings.Contains(text, "leaks.receive") {
		t.Errorf("with a lock and a channel that can be reached the leak profile is\n%s", text)
	}
	// It has not ended any.
	if all := profile(t, "goroutine", 1); !strings.Contains(all, "40 @") || !strings.Contains(all, "leaks.receive") {
		t.Errorf("afterwards the goroutine profile is\n%s", all)
	}
}

// In Python a task at a full queue is destroyed, with these words.
func TestPythonDestroysATaskThatNobodyCanWake(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip(err)
	}
	const script = `
import asyncio, gc, sys
sys.path.insert(0, "../../content/leaks")
import leaks
async def main():
    await leaks.buffered(rounds=1, room=1, each=0.01)
    gc.collect()
asyncio.run(main())
`
	out, err := exec.CommandContext(t.Context(), python, "-B", "-c", script).CombinedOutput()
	if err != nil {
		t.Fatalf("%v:\n%s", err, out)
	}
	if !strings.HasPrefix(string(out), "1 answers\n1 are left\n") {
		t.Errorf("it printed\n%s", out)
	}
	const says = "Task was destroyed but it is pending"
	if !strings.Contains(string(out), says+"!\n") || !strings.Contains(pages(t), says) {
		t.Errorf("Python says\n%s\nthe lesson should say %q, as it does", out, says)
	}
}
