package environ_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gosyncio/runner/environ"
)

func TestTheLastEntryOfAVariableCounts(t *testing.T) {
	t.Parallel()
	e := environ.Environ{"A=1", "B=2", "A=3", "AB=4", "EMPTY="}
	for name, want := range map[string]string{"A": "3", "B": "2", "EMPTY": "", "MISSING": ""} {
		if got := e.Get(name); got != want {
			t.Errorf("Get(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestProgramsAreLookedForInThePathThatWasGiven(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows programs by their extensions")
	}
	folder, other := t.TempDir(), t.TempDir()
	program := filepath.Join(folder, "a-program-of-this-test")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "a-program-of-this-test"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := environ.Environ{"PATH=relative" + string(os.PathListSeparator) + other + string(os.PathListSeparator) + folder}
	got, err := e.LookPath("a-program-of-this-test")
	if err != nil || got != program {
		t.Errorf("LookPath = %q, %v; want %q", got, err, program)
	}
	if got, err := e.LookPath(program); err != nil || got != program {
		t.Errorf("LookPath of a path = %q, %v; want the same", got, err)
	}
	if got, err := (environ.Environ{}).LookPath("sh"); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("LookPath without a PATH = %q, %v; want %v", got, err, exec.ErrNotFound)
	}
}

func TestTemporaryFoldersAreWhereTheEnvironmentSays(t *testing.T) {
	t.Parallel()
	place := t.TempDir()
	made, err := environ.Environ{"TMPDIR=" + place, "TMP=" + place}.MkdirTemp()
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(made) != place {
		t.Errorf("made %s, want a folder in %s", made, place)
	}
}

// What is wrong with the place is told of the place.
func TestMkdirTempWhereThereIsNoPlace(t *testing.T) {
	t.Parallel()
	place := filepath.Join(t.TempDir(), "nosuch")
	_, err := environ.MkdirTempIn(place)
	if err == nil || !strings.Contains(err.Error(), "mkdir "+place+": ") {
		t.Errorf("error %v", err)
	}
}
