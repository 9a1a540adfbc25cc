package walk

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gosyncio/runner/course"
)

// codePage is the page of tasks with the code.
const codePage = 2

func TestTabSwitchesTheLanguageWhereThereIsRoomForOne(t *testing.T) {
	t.Parallel()
	d := atPage(t, codePage, headlessOptions{})
	text := d.waitFor("tab Python", "  Go ──", "func worker(")
	if strings.Contains(text, "async def") {
		t.Errorf("Python stands on it, too:\n%s", text)
	}
	d.press("tab")
	text = d.waitFor("tab Go", "  Python ──", "async def worker(")
	if strings.Contains(text, "func ") {
		t.Errorf("Go stands on it, too:\n%s", text)
	}
	d.fits()
	d.press("enter")
	place := func(code string) int {
		t.Helper()
		before, _, _ := strings.Cut(d.waitFor(code), code)
		return strings.Count(before, "\n")
	}
	inPython := place("async def concurrent(")
	d.press("tab")
	if inGo := place("// Concurrent starts"); inGo != inPython {
		t.Errorf("it begins in row %d in Go, in row %d in Python", inGo, inPython)
	}
	d.resize(120, 40)
	d.waitFor("async def worker(", "│ func worker(")
	d.press("tab")
	if text := d.text(); strings.Contains(text, "tab ") || strings.Contains(text, "  Go ──") {
		t.Errorf("there is room for both:\n%s", text)
	}
}

func TestAKeyOpensWhatIsFolded(t *testing.T) {
	t.Parallel()
	d := atPage(t, codePage, headlessOptions{columns: 120, rows: 40})
	d.waitFor("+ def duration(seconds)", "f open", "e edit")
	d.press("f")
	if text := d.waitFor("  def duration(seconds):", "f fold"); strings.Contains(text, "+ ") {
		t.Errorf("something is folded:\n%s", text)
	}
	d.press("f")
	d.waitFor("+ def duration(seconds)", "f open")
	d.fits()
}

// withPrograms is atPage with an editor that is only noted: it changes the
// files that it is given.
func withPrograms(t *testing.T, editor []string, fails error) (d *headless, folder string) {
	t.Helper()
	folder = t.TempDir()
	d = start(t, headlessOptions{columns: 400, rows: 40, done: standsOn("tasks", codePage)}, func(ctx context.Context, tour *Tour) error {
		tour.Programs = Programs{Folder: folder, Editor: editor, Exec: func(cmd *exec.Cmd, ended func(error) tea.Msg) tea.Cmd {
			return func() tea.Msg {
				for _, file := range cmd.Args[len(editor):] {
					if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
						return ended(err)
					}
				}
				return ended(fails)
			}
		}}
		return tour.Menu(ctx)
	})
	d.waitFor("Which lesson?")
	d.choose("tasks")
	d.waitFor("e edit")
	return d, folder
}

func TestTheWholeProgramIsOpenedInAnEditor(t *testing.T) {
	t.Parallel()
	d, folder := withPrograms(t, []string{"myeditor", "--wait"}, nil)
	inGo, inPython := filepath.Join(folder, "tasks", "tasks.go"), filepath.Join(folder, "tasks", "tasks.py")
	d.press("e")
	d.waitFor("your copy is " + inGo + " and " + inPython)
	if strings.Contains(d.text(), "you had changed it") {
		t.Errorf("nothing was changed before:\n%s", d.text())
	}
	d.press("e")
	d.waitFor("you had changed it")
	if kept, err := os.ReadFile(inGo); err != nil || string(kept) != "mine" {
		t.Errorf("the copy holds %q, %v", kept, err)
	}
	d.press("enter")
	d.waitFor("enter run")
	if strings.Contains(d.text(), "your copy") {
		t.Errorf("what was said stays:\n%s", d.text())
	}
}

func TestWithoutAnEditorTheProgramsPlaceIsSaid(t *testing.T) {
	t.Parallel()
	d, folder := withPrograms(t, nil, nil)
	inGo := filepath.Join(folder, "tasks", "tasks.go")
	d.press("e")
	d.waitFor("the program is in "+inGo, "EDITOR names no editor")
	if kept, err := os.ReadFile(inGo); err != nil || !strings.Contains(string(kept), "func main() {") {
		t.Errorf("the copy holds %q, %v", kept, err)
	}
}

func TestAnEditorThatFailsIsSaid(t *testing.T) {
	t.Parallel()
	d, folder := withPrograms(t, []string{"nosuch"}, exec.ErrNotFound)
	d.press("e")
	d.waitFor("nosuch: "+exec.ErrNotFound.Error(), "the program is in "+filepath.Join(folder, "tasks"))
}

// A copy that is run where it stands does not hide a module that asyncio needs.
func TestCopiesHaveTheNamesOfTheirPrograms(t *testing.T) {
	t.Parallel()
	for id, want := range map[string][]string{"tasks": {"tasks.go", "tasks.py"}, "select": {"select.go", "selects.py"}} {
		lesson, err := course.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		copies, err := copyPrograms(lesson, folder, true, true)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range copies {
			if i >= len(want) || c.Path != filepath.Join(folder, want[i]) {
				t.Errorf("%s: a copy is %s, want %q", id, c.Path, want)
			}
		}
		program, err := os.ReadFile(filepath.Join(folder, id+".go"))
		if err != nil || !strings.Contains(string(program), "// This program ") {
			t.Errorf("%s: %v, and it begins\n%.200s", id, err, program)
		}
	}
}
