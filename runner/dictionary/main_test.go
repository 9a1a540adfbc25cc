package dictionary

import (
	"context"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/content"
	"gosyncio/runner/player"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	goleak.VerifyTestMain(m)
}

// foundPython is the interpreter of this machine.
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

func load(t testing.TB) Dictionary {
	t.Helper()
	d, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// byName is the entry of each name.
func byName(t testing.TB) map[string]content.Entry {
	t.Helper()
	entries := map[string]content.Entry{}
	for _, e := range load(t).Entries {
		for _, name := range e.Names {
			entries[name] = e
		}
	}
	return entries
}
