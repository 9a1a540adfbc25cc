// Package golden compares what is drawn with files that have been read and
// found right. Only tests import it.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files under testdata anew")

// Check compares a text with testdata/NAME.golden, or, with the flag -update,
// writes it there. In the file the text ends in a newline, and an escape is
// written as ␛, so that it reads as text.
func Check(t testing.TB, name, text string) {
	t.Helper()
	File(t, name+".golden", strings.ReplaceAll(text, "\x1b", "␛")+"\n")
}

// File compares a text with testdata/NAME, or, with the flag -update, writes it
// there: what is to be looked at as it is, such as a picture.
func File(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
