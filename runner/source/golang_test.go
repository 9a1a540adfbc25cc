package source

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"gosyncio/lessons"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The programs are built as packages of this module that are on no disk
// beside the others: so what they import is there.
func TestEveryProgramBuildsAndOneRuns(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil && os.Getenv("CI") == "" {
		t.Skip("there is no go command to build with")
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder, replace := t.TempDir(), map[string]string{}
	var packages []string
	for _, l := range lessons.All() {
		program, err := Go(l)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, l.ID+".go")
		if err := os.WriteFile(file, program, 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(here, "programs", l.ID, l.ID+".go")] = file
		packages = append(packages, "./programs/"+l.ID)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(name string, arguments ...string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(arguments, " "), err, out)
		}
		return string(out)
	}
	run("go", append([]string{"build", "-overlay", file}, packages...)...)
	binary := filepath.Join(folder, "tasks.exe")
	run("go", "build", "-overlay", file, "-o", binary, "./programs/tasks")
	out := run(binary, "concurrent")
	if !strings.HasPrefix(out, "== concurrent\n") || !strings.Contains(out, "\nB finished after 1s\nA finished after 2s\n== concurrent took ") ||
		strings.Contains(out, "sequential") {
		t.Errorf("it prints\n%s", out)
	}
}
