package lessons

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A file that is forgotten would be missing in the program that is printed.
func TestALessonHasAllFilesOfItsPackage(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		var want []string
		onDisk, err := fs.Glob(os.DirFS(l.ID), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range onDisk {
			if !strings.HasSuffix(name, "_test.go") {
				want = append(want, name)
			}
		}
		got, err := fs.Glob(l.Files(), "*")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-on disk +embedded):\n%s", l.ID, diff)
		}
	}
}
