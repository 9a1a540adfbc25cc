package course_test

import (
	"go/parser"
	"go/token"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"gosyncio/content"
	"gosyncio/lessons"
)

// A lesson's program has one name in both languages: one that Go takes for a
// package, and that hides no module of Python's own.
func TestProgramsHaveNamesThatBothLanguagesTake(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), needPython(t).Executable, "-c", `import sys; print(*sys.stdlib_module_names)`).Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := strings.Fields(string(out))
	if !slices.Contains(modules, "select") {
		t.Fatalf("these are no modules of Python's own: %q", modules)
	}
	for _, lesson := range lessons.All() {
		name := lesson.Package()
		file, err := parser.ParseFile(token.NewFileSet(), lesson.ID+".go", lesson.Source(), parser.PackageClauseOnly)
		if err != nil {
			t.Error(err)
		} else if file.Name.Name != name {
			t.Errorf("%s: the package is %s, and is said to be %s", lesson.ID, file.Name.Name, name)
		}
		text, err := content.Load(lesson.ID)
		if err != nil {
			t.Error(err)
		} else if text.Module != name {
			t.Errorf("%s: the module is %s, and is said to be %s", lesson.ID, text.Module, name)
		}
		for _, name := range append([]string{name}, lesson.Exercises...) {
			if slices.Contains(modules, name) {
				t.Errorf("%s: Python has a module %s of its own", lesson.ID, name)
			}
		}
	}
}
