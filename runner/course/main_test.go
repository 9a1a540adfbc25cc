package course_test

import (
	"flag"
	"os"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	// Most of what these tests do is wait for runs. -parallel overrides it.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // or each child with -race takes a second to end
	goleak.VerifyTestMain(m)
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

// played plays a request to its end.
func played(t testing.TB, r plan.Request) player.Snapshot {
	t.Helper()
	return playedBy(t, player.New(os.Environ()), r)
}

func playedBy(t testing.TB, p *player.Player, r plan.Request) player.Snapshot {
	t.Helper()
	c, err := p.Play(t.Context(), r.Setup())
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	return c.Snapshot()
}
