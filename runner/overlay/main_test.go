package overlay_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.uber.org/goleak"

	"gosyncio/runner/environ"
	"gosyncio/runner/follow"
	"gosyncio/runner/overlay"
	"gosyncio/runner/timeline"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// unpacked is a new folder with the files of a txtar archive.
func unpacked(t testing.TB, archive string) string {
	t.Helper()
	folder := t.TempDir()
	unpack(t, archive, folder)
	return folder
}

func unpack(t testing.TB, archive, folder string) {
	t.Helper()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		to := filepath.Join(folder, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, file.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// surroundings is the environment of a learner with the caches of this machine
// and nothing else of Go's.
func surroundings(more ...string) environ.Environ {
	env := environ.Environ(os.Environ())
	env = append(env, "GOFLAGS=", "GOWORK=", "GO111MODULE=", "GOTOOLCHAIN=local", "GOENV=off", "GODEBUG=")
	return append(env, more...)
}

// A result is what a program printed, how it ended and what it was seen to do.
type result struct {
	out, errs string
	code      int
	lanes     []timeline.Lane
}

// followed builds a program, and follows it to its end.
func followed(t testing.TB, env environ.Environ, o overlay.Options, args ...string) result {
	t.Helper()
	program, err := follow.Go(t.Context(), env, o, args)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	open := func(name string) *os.File {
		file, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	out, errs := open("out"), open("err")
	session := follow.Start(t.Context(), []*follow.Program{program}, follow.Streams{Out: out, Err: errs})
	session.Wait()
	closed := func(file *os.File) string {
		file.Close()
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	run := session.Runs[0]
	return result{closed(out), closed(errs), session.ExitCode(), run.Timeline.Snapshot()}
}

// has reports whether there is a lane of that name that was started at a place.
func (r result) has(name, started string) bool {
	for _, lane := range r.lanes {
		if lane.Name == name && (started == "" || lane.Origin.Started == started) {
			return true
		}
	}
	return false
}

// told is the lanes, for a message.
func (r result) told() string {
	var text strings.Builder
	for _, lane := range r.lanes {
		text.WriteString("\n\t" + lane.Name)
		if lane.Origin != nil {
			text.WriteString(" " + lane.Origin.Started + " " + lane.Origin.Function)
		}
		for span := range lane.Spans() {
			text.WriteString(" " + span.State.String() + "(" + span.Reason() + " " + span.Where() + ")")
		}
	}
	return text.String()
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

// same reports whether two folders hold the same files with the same bytes.
func same(t testing.TB, archive, folder string) {
	t.Helper()
	want := map[string][]byte{}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		want[filepath.FromSlash(file.Name)] = file.Data
	}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if was, ok := want[name]; !ok || !bytes.Equal(was, text) {
			t.Errorf("%s is not as it was", name)
		}
		delete(want, name)
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("%v, missing: %d", err, len(want))
	}
}
