package follow_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.uber.org/goleak"

	"gosyncio/runner/environ"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
	"gosyncio/runner/player"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// surroundings is the environment of a learner with the caches of this machine
// and nothing else of Go's.
func surroundings(more ...string) environ.Environ {
	env := environ.Environ(os.Environ())
	return append(append(env, "GOFLAGS=", "GOWORK=", "GOTOOLCHAIN=local"), more...)
}

// needGo skips a test where there is no Go; in CI that is an error.
func needGo(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
}

// module unpacks a txtar archive into a new folder.
func module(t testing.TB, archive string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		to := filepath.Join(folder, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, file.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// linking is held by who builds: with as many at once as there are tests
// nothing is faster, and much takes memory.
var linking sync.Mutex

// built is a program that is ready to be started.
func built(t testing.TB, env environ.Environ, folder string, args ...string) *follow.Program {
	t.Helper()
	linking.Lock()
	defer linking.Unlock()
	program, err := follow.Go(t.Context(), env, overlay.Options{Target: folder}, args)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// captured are streams into files, whose bytes the function that is returned
// reads once the program has ended.
func captured(t testing.TB) (streams follow.Streams, printed func() (out, errs []byte)) {
	t.Helper()
	folder := t.TempDir()
	open := func(name string) *os.File {
		file, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	streams.Out, streams.Err = open("out"), open("err")
	return streams, func() (out, errs []byte) {
		var texts [2][]byte
		for i, file := range []*os.File{streams.Out, streams.Err} {
			file.Close()
			text, err := os.ReadFile(file.Name())
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = text
		}
		return texts[0], texts[1]
	}
}

// lines are what a run printed that was kept.
func lines(s player.Status) string {
	var text bytes.Buffer
	for _, line := range s.Output {
		text.WriteString(line.Text + "\n")
	}
	return text.String()
}
