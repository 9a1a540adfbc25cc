package dictionary

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/player"
	"gosyncio/runner/typeset"
)

// Every entry runs something that there is, or says why not, and every program
// of the dictionary belongs to an entry.
func TestEveryEntryRunsSomething(t *testing.T) {
	t.Parallel()
	own := map[string]bool{}
	for _, e := range load(t).Entries {
		at := fmt.Sprintf("content/dictionary/entries.yaml:%d", e.Line)
		lesson, err := Lesson(e)
		if err != nil {
			t.Errorf("%s: %v", at, err)
			continue
		}
		run, ok := lesson.Text.Pages[0].Run()
		if ok == (e.None != "") {
			t.Errorf("%s: it runs something: %t, and the reason why not is %q", at, ok, e.None)
		}
		if !ok {
			continue
		}
		variant, err := lesson.Program.Variant(run.Variants[0])
		if err != nil {
			t.Errorf("%s: %v", at, err)
		}
		if variant.Run == nil && !lesson.Text.InPython(variant.Name) {
			t.Errorf("%s: %s is in neither language", at, variant.Name)
		}
		own[e.Variant] = own[e.Variant] || e.Lesson == content.DictionaryID
	}
	for _, name := range lessons.Dictionary().VariantNames() {
		if !own[name] {
			t.Errorf("no entry runs the program %s", name)
		}
	}
}

// The programs fit beside each other, and are short.
func TestProgramsAreShort(t *testing.T) {
	t.Parallel()
	const mostLines, mostColumns = 56, 56 // with all that a program uses
	lesson, err := course.Load(content.DictionaryID)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range lesson.Program.Variants {
		if !lesson.Text.InPython(v.Name) {
			t.Errorf("content/dictionary/dictionary.py has no %s", v.Name)
			continue
		}
		python, err := typeset.Python(lesson.Text.Python, v.Name)
		if err != nil {
			t.Error(err)
		}
		shown := []string{python.String()}
		if v.Run != nil {
			golang, err := typeset.Go(lesson.Program.Source(), v.Func)
			if err != nil {
				t.Error(err)
			}
			shown = append(shown, golang.String())
		}
		for _, code := range shown {
			lines := strings.Split(code, "\n")
			if len(lines) > mostLines {
				t.Errorf("%s: %d lines are shown, %d are allowed:\n%s", v.Name, len(lines), mostLines, code)
			}
			for _, line := range lines {
				if ansi.StringWidth(line) > mostColumns {
					t.Errorf("%s: %d columns: %s", v.Name, ansi.StringWidth(line), line)
				}
			}
		}
	}
}

func TestEntriesAreWrittenInHouseStyle(t *testing.T) {
	t.Parallel()
	const most = 420 // characters of what and differs
	for _, e := range load(t).Entries {
		at := fmt.Sprintf("content/dictionary/entries.yaml:%d", e.Line)
		text := e.About() + " " + e.Differs
		code := regexp.MustCompile("`[^`]*`")
		if strings.ContainsAny(code.ReplaceAllString(e.Go+text+e.None, ""), "—!") {
			t.Errorf("%s: an em dash, or an exclamation mark", at)
		}
		for _, sentence := range []string{e.What, e.Differs} {
			if !strings.HasSuffix(sentence, ".") {
				t.Errorf("%s: no full stop: %s", at, sentence)
			}
		}
		if len(text) > most {
			t.Errorf("%s: %d characters, %d are allowed", at, len(text), most)
		}
		if strings.Count(e.Go+text, "`")%2 != 0 {
			t.Errorf("%s: a backtick without another", at)
		}
	}
}

// The programs of the dictionary run in both languages, and print the same.
func TestProgramsPrintTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	python := needPython(t)
	lesson, err := course.Load(content.DictionaryID)
	if err != nil {
		t.Fatal(err)
	}
	const atOnce = 6 // there may be few CPUs
	p := player.New(append(os.Environ(), player.PythonVariable+"="+python.Executable))
	for variants := range slices.Chunk(lesson.Program.Variants, atOnce) {
		setup := player.Setup{Lesson: lesson.Program, Values: lesson.Program.Defaults(), Source: lesson.Text.Python}
		for _, v := range variants {
			if !runsHere(v.Name) {
				continue
			}
			setup.Parts = append(setup.Parts, player.Part{Variant: v, Language: player.Python})
			if v.Run != nil {
				setup.Parts = append(setup.Parts, player.Part{Variant: v, Language: player.Go})
			}
		}
		for _, name := range wrongRuns(t, play(t, p, setup), t.Logf) {
			again(t, p, setup, name)
		}
	}
}

func play(t *testing.T, p *player.Player, setup player.Setup) player.Snapshot {
	t.Helper()
	c, err := p.Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	return c.Snapshot()
}

// again runs one program of several once more, alone. They tell the order of
// things by waiting for tenths of a second: on a machine that has no time for
// them for so long they may print something else, and one that is wrong does so
// each time.
func again(t *testing.T, p *player.Player, setup player.Setup, name string) {
	t.Helper()
	setup.Parts = slices.DeleteFunc(slices.Clone(setup.Parts), func(part player.Part) bool { return part.Variant.Name != name })
	const tries = 3
	for i := range tries {
		said := t.Logf
		if i == tries-1 {
			said = t.Errorf
		}
		if wrongRuns(t, play(t, p, setup), said) == nil {
			return
		}
	}
}

// runsHere reports whether a program of the dictionary runs on this system.
func runsHere(name string) bool {
	switch name {
	case "process":
		_, err := exec.LookPath("sort")
		return err == nil
	case "signals", "watch_file":
		return runtime.GOOS != "windows"
	}
	return true
}

// differs says why a program need not print the same in both languages.
var differs = map[string]string{
	"draining": "Queue.shutdown is new in Python 3.13",
	"names":    "goroutines have no names",
	"dump":     "the words are the language's",
	"reuse":    "a Pool may drop what is in it",
	"no_wait":  "the machine's speed decides what there is room for",
}

// wrongRuns are the names of the programs of which a run failed, printed what
// that in the other language did not, or had no lane. It says what was wrong.
func wrongRuns(t *testing.T, s player.Snapshot, say func(format string, args ...any)) (wrong []string) {
	t.Helper()
	printed := map[string][]string{}
	for _, run := range s.Runs {
		name := run.Job.Variant.Name
		what := fmt.Sprintf("%s in %v", name, run.Job.Language)
		blame := func(format string, args ...any) {
			say(format, args...)
			if !slices.Contains(wrong, name) {
				wrong = append(wrong, name)
			}
		}
		var lines []string
		for _, line := range run.Status.Output {
			lines = append(lines, line.Text)
		}
		if run.Status.Err != "" || run.Status.ExitCode != 0 || len(lines) == 0 {
			blame("%s: error %q, exit code %d, output %q", what, run.Status.Err, run.Status.ExitCode, lines)
		}
		slices.Sort(lines) // who comes first is not determined
		if other, ok := printed[name]; ok && differs[name] == "" && !slices.Equal(lines, other) {
			blame("%s prints %q, in the other language %q", what, lines, other)
		}
		printed[name] = lines
		for _, lane := range run.Lanes {
			if strings.HasPrefix(lane.Name, "<") {
				blame("%s: a lane is called %s", what, lane.Name)
			}
		}
		// Python knows no lane of what only its callbacks do.
		if len(run.Lanes) == 0 && run.Job.Language == player.Go {
			blame("%s: no lane", what)
		}
	}
	return wrong
}
