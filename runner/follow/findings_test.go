package follow_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/findings"
	"gosyncio/runner/follow"
	"gosyncio/runner/player"
)

// awaited is a finding of that kind at that line in a program that goes on,
// which is then stopped.
func awaited(t *testing.T, s *follow.Session, kind, line string) findings.Finding {
	t.Helper()
	defer s.Wait()
	defer s.Stop()
	deadline := time.After(time.Minute)
	for {
		found := s.Runs[0].Findings()
		if i := slices.IndexFunc(found, func(f findings.Finding) bool { return f.Kind == kind && f.Line == line }); i >= 0 {
			return found[i]
		}
		select {
		case <-s.Changed():
		case <-deadline:
			t.Fatalf("found %+v, and no %s at %s", found, kind, line)
		}
	}
}

// The program of a learner: ask leaves a goroutine behind that nobody answers.
const leaking = `
-- go.mod --
module example.com/leaking

go 1.22
-- main.go --
package main

import "time"

func ask(answers chan string) string {
	return <-answers
}

func main() {
	for {
		go ask(make(chan string))
		time.Sleep(50 * time.Millisecond)
	}
}
`

func TestALeakIsFound(t *testing.T) {
	needGo(t)
	t.Parallel()
	program := built(t, surroundings(), module(t, leaking))
	f := awaited(t, follow.Start(t.Context(), []*follow.Program{program}, follow.Streams{}), "leak", "main.go:6")
	if want := " goroutines wait at main.go:6 to receive what nobody sends, and ever more do: ask"; !strings.HasSuffix(f.Message, want) {
		t.Errorf("said %q", f.Message)
	}
}

// Locks are told apart from wait groups by what the stack says.
const contending = `
-- go.mod --
module example.com/contending

go 1.22
-- main.go --
package main

import (
	"sync"
	"time"
)

var mu sync.Mutex

func work() {
	mu.Lock()
	time.Sleep(50 * time.Millisecond)
	mu.Unlock()
}

func main() {
	var all sync.WaitGroup
	for i := 0; i < 5; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			work()
		}()
	}
	all.Wait()
}
`

func TestALockThatManyWaitForIsFound(t *testing.T) {
	needGo(t)
	t.Parallel()
	s := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, contending))}, follow.Streams{})
	s.Wait()
	found := s.Runs[0].Findings()
	if len(found) != 1 || found[0].Kind != "lock" || found[0].Line != "main.go:11" || !strings.Contains(found[0].Message, "mostly main.func1 has it, until main.go:13") {
		t.Errorf("found %+v", found)
	}
	reasons := map[string]bool{}
	for _, lane := range s.Runs[0].Timeline.Snapshot() {
		for span := range lane.Spans() {
			reasons[lane.Name+": "+span.Reason()+" "+span.Where()] = true
		}
	}
	for _, want := range []string{"main: wait group main.go:25", "main.func1: lock main.go:11", "main.func1: sleep main.go:12"} {
		if !reasons[want] {
			t.Errorf("no %q in %v", want, reasons)
		}
	}
}

// What a goroutine waits for is that which it has called last, also below
// WaitGroup.Go; and who has a lock for long is told, not who has it often.
const holding = `
-- go.mod --
module example.com/holding

go 1.25
-- main.go --
package main

import (
	"sync"
	"time"
)

var mu sync.RWMutex
var once sync.Once
var told = sync.NewCond(&sync.Mutex{})
var has = make(chan bool)

func report() {
	mu.Lock()
	close(has)
	time.Sleep(500 * time.Millisecond)
	mu.Unlock()
}

func visit() {
	mu.Lock()
	time.Sleep(time.Millisecond)
	mu.Unlock()
	once.Do(func() { time.Sleep(300 * time.Millisecond) })
	told.L.Lock()
	told.Wait()
	told.L.Unlock()
}

func main() {
	var all sync.WaitGroup
	all.Go(report)
	<-has
	for range 5 {
		all.Go(visit)
	}
	ended := make(chan bool)
	go func() {
		all.Wait()
		close(ended)
	}()
	for {
		select {
		case <-ended:
			return
		case <-time.After(100 * time.Millisecond):
			told.Broadcast()
		}
	}
}
`

func TestWhatIsWaitedForBelowAWaitGroup(t *testing.T) {
	needGo(t)
	t.Parallel()
	s := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), module(t, holding))}, follow.Streams{})
	s.Wait()
	found := s.Runs[0].Findings()
	if len(found) != 1 || found[0].Kind != "lock" || found[0].Line != "main.go:21" || !strings.Contains(found[0].Message, "; mostly report has it, until main.go:17") {
		t.Errorf("found %+v", found)
	}
	reasons := map[string]bool{}
	for _, lane := range s.Runs[0].Timeline.Snapshot() {
		for span := range lane.Spans() {
			reasons[lane.Name+": "+span.Reason()+" "+span.Where()] = true
		}
	}
	for _, want := range []string{"visit: lock main.go:21", "visit: once main.go:24", "visit: condition main.go:26", "main.func1: wait group main.go:39"} {
		if !reasons[want] {
			t.Errorf("no %q in %v", want, reasons)
		}
	}
}

// Of a program that has died the line is told at which it did; and who began
// below main is not said to have begun in what stands for it.
func TestAPanicIsFound(t *testing.T) {
	needGo(t)
	t.Parallel()
	text := strings.Join([]string{
		"package main", "", `import "time"`, "", "type store map[string]int", "", "func (s store) put(key string) {",
		"\ts[key]++", "}", "", "func main() {", "\tgo func() { time.Sleep(time.Hour) }()", "\tgo func() {", "\t\tvar s store",
		`		s.put("a")`, "\t}()", "\ttime.Sleep(time.Hour)", "}", "",
	}, "\n")
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), file)}, follow.Streams{})
	s.Wait()
	found := s.Runs[0].Findings()
	if len(found) != 1 || found[0].Kind != "panic" || found[0].Line != "main.go:8" || found[0].Message != "it panicked at main.go:8: assignment to entry in nil map: store.put" {
		t.Errorf("found %+v, printed %q", found, lines(s.Runs[0].Status()))
	}
	for _, lane := range s.Runs[0].Timeline.Snapshot() {
		if strings.Contains(lane.Origin.Function, "gosyncio") {
			t.Errorf("%s is said to have begun in %s", lane.Name, lane.Origin.Function)
		}
	}
}

// What the runtime finds itself is told beside.
func TestLeaksOfTheRuntimeAreFound(t *testing.T) {
	needGo(t)
	if testing.Short() {
		t.Skip("it builds the runtime anew")
	}
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "main.go")
	text := "package main\n\nimport \"time\"\n\nfunc main() {\n\tgo func() { <-make(chan int) }()\n\ttime.Sleep(time.Hour)\n}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := follow.Go(t.Context(), surroundings(), leaks(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	f := awaited(t, follow.Start(t.Context(), []*follow.Program{program}, follow.Streams{}), "leak", "main.go:6")
	if want := "a goroutine waits for ever at main.go:6, says the Go runtime: main.func1"; f.Message != want {
		t.Errorf("said %q", f.Message)
	}
}

// A script and a program start together, and neither knows of the other.
func TestAScriptBesideAProgram(t *testing.T) {
	needGo(t)
	t.Parallel()
	folder := module(t, contending+`
-- ours.py --
import asyncio

async def fetch(n):
    await asyncio.sleep(0.05 * n)
    print("fetched", n)

async def main():
    async with asyncio.TaskGroup() as group:
        for n in range(3):
            group.create_task(fetch(n))

asyncio.run(main())
`)
	script, err := follow.Python(t.Context(), player.New(os.Environ()), filepath.Join(folder, "ours.py"), nil, true)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s := follow.Start(t.Context(), []*follow.Program{script, built(t, surroundings(), folder)}, follow.Streams{})
	s.Wait()
	if code := s.ExitCode(); code != 0 {
		t.Fatalf("exit status %d: %s", code, lines(s.Runs[0].Status()))
	}
	var all []string
	for _, r := range s.Runs {
		for _, lane := range r.Timeline.Snapshot() {
			if !lane.Origin.Library {
				all = append(all, fmt.Sprintf("%v %s %d", r.Language(), lane.Name, lane.Origin.Number))
			}
		}
	}
	slices.Sort(all)
	want := []string{
		"Go main 1", "Go main.func1 1", "Go main.func1 2", "Go main.func1 3", "Go main.func1 4", "Go main.func1 5",
		"Python fetch 1", "Python fetch 2", "Python fetch 3", "Python main 1",
	}
	if !slices.Equal(all, want) {
		t.Errorf("lanes %q", all)
	}
	if apart := s.Runs[0].Status().Start.Sub(s.Runs[1].Status().Start).Abs(); apart > 10*time.Second {
		t.Errorf("they started %v apart", apart)
	}
}

// A goroutine is called by its pprof labels while it has some. One that ends when
// it has given them back keeps its name, one that waits for more does not.
func TestLanesAreCalledByTheirLabels(t *testing.T) {
	needGo(t)
	t.Parallel()
	text := `package main

import (
	"context"
	"runtime/pprof"
	"sync"
	"time"
)

func serve(name string) {
	pprof.Do(context.Background(), pprof.Labels("worker", name), func(context.Context) {
		time.Sleep(20 * time.Millisecond)
	})
}

func once() { serve("north") }

func idle() {
	serve("south")
	time.Sleep(20 * time.Millisecond)
}

func main() {
	var wg sync.WaitGroup
	wg.Go(once)
	wg.Go(idle)
	wg.Wait()
}
`
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := follow.Start(t.Context(), []*follow.Program{built(t, surroundings(), file)}, follow.Streams{})
	s.Wait()
	var names []string
	for _, lane := range s.Runs[0].Timeline.Snapshot() {
		if !lane.Origin.Library {
			names = append(names, lane.Name)
		}
	}
	slices.Sort(names)
	if want := []string{"idle", "main", "north"}; !slices.Equal(names, want) {
		t.Errorf("lanes %q, want %q", names, want)
	}
}
