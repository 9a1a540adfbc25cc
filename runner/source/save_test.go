package source

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
)

func TestSaveOverwritesNothing(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "tasks.go")
	if err := Save(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	err, ok := errors.AsType[*fault.Error](Save(name, []byte("two")))
	if !ok || err.What != name+" exists, and is not overwritten" || err.Next == "" {
		t.Errorf("error = %v", err)
	}
	if got, _ := os.ReadFile(name); string(got) != "one" {
		t.Errorf("the file holds %q", got)
	}
	if err, ok := errors.AsType[*fault.Error](Save(filepath.Join(name, "more.go"), nil)); !ok || err.Next == "" {
		t.Errorf("error = %v", err)
	}
}

func TestACopyIsTheLearners(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "programs", "tasks")
	path := filepath.Join(folder, "tasks.go")
	keep := func(want Copy) {
		t.Helper()
		if got, err := Keep(folder, "tasks.go", []byte("one")); err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	keep(Copy{Path: path})
	keep(Copy{Path: path})
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	keep(Copy{Path: path, Changed: true})
	if got, _ := os.ReadFile(path); string(got) != "mine" {
		t.Errorf("the file holds %q", got)
	}
}

func TestWhichEditor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env  environ.Environ
		want []string
	}{
		{nil, nil},
		{environ.Environ{"EDITOR=vi"}, []string{"vi"}},
		{environ.Environ{"EDITOR=vi", "VISUAL=code --wait"}, []string{"code", "--wait"}},
		{environ.Environ{"EDITOR=vi", "VISUAL= "}, []string{"vi"}},
	} {
		if diff := cmp.Diff(tt.want, Editor(tt.env)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.env, diff)
		}
	}
}
