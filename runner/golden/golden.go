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
	got := strings.ReplaceAll(text, "\x1b", "␛") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
