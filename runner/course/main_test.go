package course_test

import (
	"context"
	"flag"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
)

// endless are functions of lessons whose goroutines never end, as they show.
var endless = []string{"deadlock.Locks", "deadlock.transfer", "leaks.ask", "pipelines.handle", "yours.worker"}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	// Most of what these tests do is wait for runs. -parallel overrides it.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // or each child with -race takes a second to end
	var ignore []goleak.Option
	for _, function := range endless {
		ignore = append(ignore, goleak.IgnoreAnyFunction("gosyncio/lessons/"+function))
	}
	goleak.VerifyTestMain(m, ignore...)
}

// request is a checked request.
func request(t testing.TB, id string, variants, set []string, languages plan.Languages) plan.Request {
	t.Helper()
	r, err := plan.New(id, variants, set, languages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// foundPython is the interpreter of this machine. It takes a while to tell
// its version, so it is asked once.
var foundPython = sync.OnceValues(func() (player.Interpreter, error) {
	return player.FindPython(context.Background(), os.Environ())
})

// needPython skips a test where there is no Python; in CI that is an error.
func needPython(t testing.TB) player.Interpreter {
	t.Helper()
	python, err := foundPython()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return python
}

// played plays a request to its end.
func played(t testing.TB, r plan.Request) player.Snapshot {
	t.Helper()
	return playedTogether(t, r, 1)[0]
}

// playedTogether plays a request n times at once, to the end.
func playedTogether(t testing.TB, r plan.Request, n int) (snapshots []player.Snapshot) {
	t.Helper()
	return playedBy(t, usual(), r, n)
}

// usual is a player with the interpreter of this machine.
func usual() *player.Player {
	environ := os.Environ()
	if python, err := foundPython(); err == nil {
		environ = append(environ, player.PythonVariable+"="+python.Executable) // what the PATH names may be a script that looks for it
	}
	return player.New(environ)
}

// playedWithCosts plays a request to its end, and measures what it costs.
func playedWithCosts(t testing.TB, r plan.Request) player.Snapshot {
	t.Helper()
	c, err := usual().Play(t.Context(), r.Setup())
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	return c.Snapshot()
}

// playedBy plays a request n times at once, to the end of the runs. What they
// cost is not measured.
func playedBy(t testing.TB, p *player.Player, r plan.Request, n int) (snapshots []player.Snapshot) {
	t.Helper()
	var all []*player.Comparison
	for range n {
		c, err := p.Play(t.Context(), r.Setup())
		if err != nil {
			t.Error(err)
			break
		}
		all = append(all, c)
	}
	for _, c := range all {
		for !c.Ended() {
			<-c.Changed()
		}
		snapshots = append(snapshots, c.Snapshot())
		c.Cancel()
		c.Wait()
	}
	if t.Failed() {
		t.FailNow()
	}
	return snapshots
}
