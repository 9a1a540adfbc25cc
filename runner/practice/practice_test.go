package practice

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/environ"
	"gosyncio/runner/exercise"
	"gosyncio/runner/progress"
)

// patience is how long a test waits for what must come.
const patience = 2 * time.Minute

// An exercise from its task to the solution.
func TestAnExercise(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("Keep the order", "gather, exercise 1 of ", "✗ too slow, line 12", "B began at 2s, when A had ended.", "You have not changed the file yet.", "asks one person")
	if mod, err := os.ReadFile(filepath.Join(d.folder, "go.mod")); err != nil || !strings.HasPrefix(string(mod), "module practice\n") {
		t.Errorf("%s, %v", mod, err)
	}
	d.save("order", wrong("nosuch"))
	d.waitFor("✗ does not compile, line 6", "nosuch()", "undefined: nosuch.")
	d.press("h")
	d.waitFor("Hint 1 of 3")
	d.press("h", "h", "h")
	d.waitFor("there are no more hints")
	d.press("s")
	d.waitFor("show the solution before you have solved it?")
	d.press("x")
	d.press("e")
	shown := d.waitFor("edit: no terminal")
	if strings.Contains(shown, "The solution\n") {
		t.Errorf("the solution is shown:\n%s", shown)
	}
	d.mu.Lock()
	if want := fmt.Sprint([]string{"edit", "-x", d.path("order")}); fmt.Sprint(d.ran) != want {
		t.Errorf("ran %v, want %v", d.ran, want)
	}
	d.mu.Unlock()
	d.save("order", solution(t, "order"))
	d.waitFor("✓ solved", "t shows it on the timeline", "n next")
	d.press("s")
	d.waitFor("The solution", "Each goroutine has a place of its own")
	d.press("s", "r")
	d.waitFor("begin anew?")
	d.press("y")
	d.waitFor("your file is kept as", "You have not changed the file yet.")
	if kept, err := os.ReadFile(d.path("order") + ".1"); err != nil || string(kept) != solution(t, "order") {
		t.Errorf("kept: %s, %v", kept, err)
	}
	d.press("?")
	d.waitFor("The keys", "begins anew")
	d.press("x", "q")
	if err := <-d.ended; err != nil {
		t.Error(err)
	}
	d.ended <- nil
	for _, text := range []string{"✗ too slow, line 12", "undefined: nosuch.", "Hint 3 of 3", "✓ solved", "your file is kept as"} {
		if !slices.ContainsFunc(d.told, func(line string) bool { return strings.Contains(line, text) }) {
			t.Errorf("%q was not told:\n%s", text, strings.Join(d.told, "\n"))
		}
	}
	made := d.journal.State().Exercises["order"]
	if made.Tries != 2 || made.Hints != 3 || made.Peeked || made.Solved.IsZero() || made.Verdicts["compile"] != 1 {
		t.Errorf("noted: %+v", made)
	}
}

// Editors save by renaming, in two steps, or twice at once: what counts is
// what the file says in the end.
func TestEditorsSave(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("too slow")
	other := d.path("order") + "~"
	if err := os.WriteFile(other, []byte(wrong("renamed")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, d.path("order")); err != nil {
		t.Fatal(err)
	}
	d.waitFor("undefined: renamed.")
	for i := range 20 {
		d.save("order", wrong(fmt.Sprintf("twice%d", i)))
	}
	d.waitFor("undefined: twice19.")
	d.save("order", "")
	d.save("order", wrong("emptied"))
	d.waitFor("undefined: emptied.")
	if err := os.Remove(d.path("order")); err != nil {
		t.Fatal(err)
	}
	d.waitFor("there is no ", "r gives you the file as it was at the beginning")
	d.save("order", wrong("back"))
	d.waitFor("undefined: back.")
	d.press("ctrl+c")
	if err := <-d.ended; err == nil || err.Error() != "interrupted" {
		t.Error(err)
	}
	d.ended <- nil
}

// A check that goes on holds nobody up.
func TestACheckIsCancelled(t *testing.T) {
	t.Parallel()
	d := sit(t, "order")
	d.waitFor("too slow")
	d.save("order", strings.Replace(wrong("x"), "x()", "for n := 0; ; n++ {\n\t}", 1))
	d.waitFor("checking what you saved")
	d.save("order", wrong("after"))
	d.waitFor("undefined: after.")
	d.save("order", strings.Replace(wrong("x"), "x()", "for n := 1; ; n++ {\n\t}", 1))
	d.waitFor("checking what you saved")
	d.press("m")
	if err := <-d.ended; err != nil {
		t.Error(err)
	}
	d.ended <- nil
}

// Where the files are is asked the first time, and remembered.
func TestWhereTheFilesAre(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	memory := filepath.Join(home, "state", "workspace")
	d := &desk{t: t, reply: make(chan int, 1)}
	room := Room{Screen: d, Journal: new(progress.Journal), Environ: environ.Environ{"HOME=" + home}, Memory: memory}
	d.reply <- 0
	w, err := room.workspace(t.Context())
	if want := filepath.Join(home, "gosyncio"); err != nil || w.Folder != want {
		t.Errorf("%v, %v, want %s", w, err, want)
	}
	if text := strings.Join(d.asked.Above, "\n"); !strings.Contains(text, exercise.Variable) {
		t.Error(text)
	}
	if again, err := room.workspace(t.Context()); err != nil || again != w {
		t.Errorf("%v, %v", again, err)
	}
	room.Folder = filepath.Join(home, "other")
	if named, err := room.workspace(t.Context()); err != nil || named.Folder != room.Folder {
		t.Errorf("%v, %v", named, err)
	}
	room.Folder = ""
	if again, err := room.workspace(t.Context()); err != nil || again.Folder != filepath.Join(home, "other") {
		t.Errorf("%v, %v", again, err)
	}
}
