package runner

import (
	"go/build"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// levels are the packages, each with those below it: a package may import
// those of lower levels only. Whoever adds a package puts it in its place.
var levels = [][]string{
	{"lessons/verify/schedule", "lessons/verify/sync"},
	{"lessons/verify"},
	{"lessons/schedules", "runner/group", "runner/example/jobs"},
	{"runner/janitor"},
	{"content", "lessons", "runner/browsertest", "runner/child", "runner/cpus", "runner/durable", "runner/environ", "runner/fault", "runner/golden", "runner/termtest"},
	{"runner/schedule", "runner/terminal", "runner/timeline"},
	{"runner/example", "runner/progress", "runner/prompt", "runner/typeset", "runner/player", "runner/overlay", "runner/findings"},
	{"runner/course", "runner/exercise", "runner/stage", "runner/source", "runner/follow"},
	{"runner/dictionary", "runner/export", "runner/plan", "runner/screen"},
	{"runner/class", "runner/show"},
	{"runner/predict", "runner/practice", "runner/turns", "runner/watch"},
	{"runner/page"},
	{"runner/walk", "runner/doctor"},
	{"runner/cli"},
	{"runner"},
	{"."},
}

// level is that of a package; ok is false for one that is in no level.
func level(pkg string) (l int, ok bool) {
	l = slices.IndexFunc(levels, func(level []string) bool { return slices.Contains(level, pkg) })
	return l, l >= 0
}

// program reports whether a package is a lesson's program, or what is given
// for an exercise or solves it.
func program(pkg string) bool {
	switch path.Dir(pkg) {
	case "lessons":
		return pkg != "lessons/lessontest" && pkg != "lessons/verify" && pkg != "lessons/schedules"
	case "lessons/schedules":
		return pkg != "lessons/schedules/pointed"
	}
	return made(pkg) && path.Base(pkg) != "check"
}

// made reports whether a package is of an exercise.
func made(pkg string) bool { return strings.Contains(pkg, "/exercises/") }

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	for pkg, imports := range packages(t) {
		if program(pkg) {
			continue
		}
		above, ok := level(pkg)
		if made(pkg) || pointed(pkg) {
			checkImports(t, pkg, imports)
			continue
		}
		if !ok && pkg != "lessons/lessontest" {
			t.Errorf("%s is in no level: say in this test below whom it stands", pkg)
			continue
		}
		for _, imported := range imports {
			ours, ok := strings.CutPrefix(imported, "gosyncio/")
			switch below, known := level(ours); {
			case !ok, pkg == "lessons" && program(ours), pkg == "lessons/schedules" && pointed(ours):
			case !known || below >= above:
				t.Errorf("%s imports %s, which does not stand below it", pkg, ours)
			}
		}
	}
}

// pointed reports whether a package is a copy of a small program, with points.
func pointed(pkg string) bool { return path.Dir(pkg) == "lessons/schedules/pointed" }

// checkImports checks what the check of an exercise imports: the learner's
// file, and what it is written with. It is built on the learner's machine.
func checkImports(t *testing.T, pkg string, imports []string) {
	t.Helper()
	given := "gosyncio/" + path.Join(path.Dir(pkg), "given")
	for _, imported := range imports {
		if !standard(imported) && imported != given && !strings.HasPrefix(imported, "gosyncio/lessons/verify") {
			t.Errorf("%s imports %s", pkg, imported)
		}
	}
}

// standard reports whether a package is in the standard library.
func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".") && first != "gosyncio"
}

// What a learner reads could be pasted into a program of theirs.
func TestProgramsOfLessonsImportNothingOfOurs(t *testing.T) {
	t.Parallel()
	found := 0
	for pkg, imports := range packages(t) {
		if !program(pkg) {
			continue
		}
		found++
		for _, imported := range imports {
			driver := pkg == "lessons/database" && strings.HasPrefix(imported, "modernc.org/sqlite")
			system := strings.HasPrefix(imported, "golang.org/x/sys/") // beside the program, not in it
			if !standard(imported) && !driver && !system && (made(pkg) || !strings.HasPrefix(imported, "golang.org/x/sync/")) {
				t.Errorf("%s imports %s", pkg, imported)
			}
		}
	}
	if found == 0 {
		t.Error("there are no programs")
	}
}

// What a program is built with on the learner's machine must be there.
func TestWhatIsBuiltThereImportsTheStandardLibrary(t *testing.T) {
	t.Parallel()
	found := 0
	for pkg, imports := range packages(t) {
		if pkg != "runner/child" && !strings.HasPrefix(pkg, "lessons/verify") {
			continue
		}
		found++
		for _, imported := range imports {
			if !standard(imported) && !strings.HasPrefix(imported, "gosyncio/lessons/verify/") {
				t.Errorf("%s imports %s", pkg, imported)
			}
		}
	}
	if found < 2 {
		t.Errorf("%d packages are looked at", found)
	}
}

// packages are those of the module, without what only tests import, by their
// paths below it.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	const top = ".."
	found := map[string][]string{}
	err := filepath.WalkDir(top, func(folder string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); name == "testdata" || strings.HasPrefix(name, ".") && folder != top {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(folder, 0)
		if err != nil {
			return nil // there is no Go in it
		}
		relative, err := filepath.Rel(top, folder)
		found[filepath.ToSlash(relative)] = pkg.Imports
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
