package exercise

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
)

// The learner's surroundings change nothing.
func TestHostileSurroundings(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "a 'folder'")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "go.work"), []byte("go 1.26\n\nuse ./nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "TMPDIR="+folder, "GOFLAGS=-mod=vendor -tags=x -race", "GO111MODULE=off", "GOPROXY=nothing", "GOOS=plan9", "GOARCH=386",
		"CGO_ENABLED=1", "CC=nosuch", "GODEBUG=gctrace=1", "GOEXPERIMENT=nosuch", "GOWORK="+filepath.Join(folder, "go.work"), "GOGC=off", "GOTRACEBACK=none", "GOMAXPROCS=1")
	v, err := NewChecker(environ.Environ(env)).Check(t.Context(), order, order.Given())
	if err != nil || v.Kind != Slow || !v.Given || v.Line != 12 {
		t.Errorf("%+v, %v", v, err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// Without Go it is said what to install.
func TestWithoutGo(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewChecker(environ.Environ{"PATH=" + t.TempDir()}).Check(t.Context(), order, order.Given()); err == nil || !strings.Contains(err.Error(), "there is no go command") {
		t.Error(err)
	}
}

// What keeps anything from being built is said with what to do, and without a
// path of ours.
func TestNothingCanBeBuilt(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	env := append(os.Environ(), "GOTMPDIR=", "TMPDIR="+folder, "TMP="+folder)
	for _, tt := range []struct {
		name, entry, says, next string
	}{
		{"no folder", "GOTMPDIR=" + filepath.Join(folder, "none"), "no program can be built and started in the folder for temporary files", "set GOTMPDIR"},
		{"no cache", "GOCACHE=off", "order cannot be built with your Go: build cache is disabled", "go build"},
		{"a relative GOPATH", "GOPATH=x", "order cannot be built with your Go: go: GOPATH entry is relative", "go build"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := NewChecker(append(slices.Clone(env), tt.entry)).Check(t.Context(), order, order.Given())
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || !strings.Contains(f.What, tt.says) || !strings.Contains(f.Next, tt.next) {
				t.Errorf("%v", err)
			}
		})
	}
	for output, says := range map[string]string{
		"go: go.mod requires go >= 1.25 (running go 1.24.2; GOTOOLCHAIN=local)\n":                                "a Go that old",
		"# gosyncio/lessons/verify\nlessons/verify/c.go:5: undefined: synctest\nnote: module requires Go 1.25\n": "a Go that old",
		"go: open " + folder + "/x: no space left on device\n":                                                   "no program can be built and started",
		"# gosyncio/x\npackage gosyncio/x\n\timports gosyncio/y\nlink: no\n":                                     "order cannot be built with your Go: link: no",
	} {
		if err := NewChecker(nil).notBuilt(order, output); !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), folder) {
			t.Errorf("of %q is said: %v", output, err)
		}
	}
}

// A link to nothing is no file that is yet to come.
func TestALinkToNothing(t *testing.T) {
	t.Parallel()
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	w := Workspace{t.TempDir()}
	if err := os.MkdirAll(filepath.Dir(w.Path(order)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nothing", w.Path(order)); err != nil {
		t.Skip("no links here:", err)
	}
	_, err = w.Read(order)
	if f, ok := errors.AsType[*fault.Error](err); !ok || !strings.Contains(f.Next, "gosyncio reset order") {
		t.Errorf("%v", err)
	}
}
