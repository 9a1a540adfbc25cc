package content_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
	"gosyncio/lessons/lessontest"
)

// TestMain runs more tests at once than there are CPUs, for most of the
// time here passes in Python programs that sleep. -parallel overrides it.
func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	m.Run()
}

// folders returns the lessons' folders as they lie on disk.
func folders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" {
			names = append(names, e.Name())
		}
	}
	return names
}

func load(t *testing.T, id string) content.Lesson {
	t.Helper()
	lesson, err := content.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return lesson
}

func TestEveryFolderIsALesson(t *testing.T) {
	t.Parallel()
	lessons := slices.DeleteFunc(folders(t), func(id string) bool { return id == content.DictionaryID })
	if diff := cmp.Diff(lessons, content.IDs()); diff != "" {
		t.Errorf("folders (-) and IDs (+) differ:\n%s", diff)
	}
}

func TestFoldersHoldNothingElse(t *testing.T) {
	t.Parallel()
	for _, id := range folders(t) {
		entries, err := os.ReadDir(id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			if e.Name() != "__pycache__" { // Python's own, not embedded
				got = append(got, e.Name())
			}
		}
		want := []string{content.DictionaryID + ".py", "entries.yaml"}
		if id != content.DictionaryID {
			want = []string{load(t, id).Module + ".py", "lesson.md"}
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("content/%s (-want +got):\n%s", id, diff)
		}
	}
}

func TestHeadersAgreeWithLessons(t *testing.T) {
	t.Parallel()
	headers, err := content.Headers()
	if err != nil {
		t.Fatal(err)
	}
	var want []content.Header
	for _, id := range content.IDs() {
		l := load(t, id)
		want = append(want, content.Header{ID: id, Title: l.Title, Summary: l.Summary,
			Asyncio: l.Asyncio, Go: l.Go, Minutes: l.Minutes, Pages: len(l.Pages)})
	}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestLoadRefusesUnknownLessons(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "nosuch", "..", "tasks/../tasks", "*"} {
		if _, err := content.Load(id); err == nil {
			t.Errorf("Load(%q) gave no error", id)
		}
	}
}

func TestLessonsHaveFiveToFourteenPages(t *testing.T) {
	t.Parallel()
	for _, id := range content.IDs() {
		if n := len(load(t, id).Pages); n < 5 || n > 14 {
			t.Errorf("content/%s/lesson.md: %d pages, want 5 to 14", id, n)
		}
	}
}

// A page fits a screen of 24 rows; beside code it says little, above a run
// it leaves room for the way to start it.
func TestPagesFitTheScreen(t *testing.T) {
	t.Parallel()
	const width = 76
	for _, id := range content.IDs() {
		for _, page := range load(t, id).Pages {
			rows, most := 0, 18
			for _, block := range page.Blocks {
				switch b := block.(type) {
				case content.Prose:
					if rows > 0 {
						rows++ // the blank line between two blocks
					}
					rows += wrapped(b.Markdown, width)
				case content.Compare:
					most = min(most, 6)
				case content.Predict, content.Run, content.Make:
					most = min(most, 16)
				case content.Quiz: // is asked on screens of its own
				default:
					t.Errorf("a block of kind %s is of a height that is not known here", block.Kind())
				}
			}
			if rows > most {
				t.Errorf("content/%s/lesson.md:%d: %d rows of prose, at most %d fit", id, page.Line, rows, most)
			}
		}
	}
}

// wrapped estimates how many rows Markdown takes at a width: the lines of a
// paragraph run on, those of lists, tables and fences stand alone.
func wrapped(markdown string, width int) int {
	rows, column := 0, 0
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", strings.HasPrefix(line, "|"), strings.HasPrefix(line, "```"):
			rows, column = rows+1, 0
			continue
		case strings.HasPrefix(line, "- "):
			column = 0
		}
		for word := range strings.FieldsSeq(line) {
			if column == 0 || column+1+len(word) > width {
				rows, column = rows+1, len(word)
				continue
			}
			column += 1 + len(word)
		}
	}
	return rows
}

var quoted = regexp.MustCompile("(?s)```.*?```|`[^`]*`")

func TestProseKeepsItsTone(t *testing.T) {
	t.Parallel()
	for _, id := range content.IDs() {
		lesson := load(t, id)
		texts := map[int]string{1: lesson.Title + "\n" + lesson.Summary}
		for _, page := range lesson.Pages {
			texts[page.Line] = page.Title
			for _, block := range page.Blocks {
				switch b := block.(type) {
				case content.Prose:
					texts[b.Line] = b.Markdown
				case content.Predict:
					texts[b.Line] = b.Question
					for _, a := range b.Answers {
						texts[a.Line] = a.Why // what it is stands in the output, or is a formula
					}
				case content.Quiz:
					for _, q := range b.Questions {
						texts[q.Line] = q.Question
						for _, a := range q.Answers {
							texts[a.Line] = a.Is + "\n" + a.Why
						}
					}
				case content.Compare, content.Run, content.Make: // are code and names
				default:
					t.Errorf("a block of kind %s is not read here", block.Kind())
				}
			}
		}
		for line, text := range texts {
			for _, r := range quoted.ReplaceAllString(text, "") {
				if r == '—' || r == '–' || r == '!' || unicode.Is(unicode.So, r) {
					t.Errorf("content/%s/lesson.md:%d: %q in the prose that begins here", id, line, r)
				}
			}
		}
	}
}

func TestPythonIsNarrow(t *testing.T) {
	t.Parallel()
	const widest = 68
	for _, id := range content.IDs() {
		n := 0
		for line := range strings.Lines(string(load(t, id).Python)) {
			n++
			if len(strings.TrimRight(line, "\r\n")) > widest || strings.Contains(line, "\t") {
				t.Errorf("content/%s/%s.py:%d: over %d columns, or a tab", id, load(t, id).Module, n, widest)
			}
		}
	}
}

// python returns the interpreter to test with. Without one the test is
// skipped, or fails in CI.
func python(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("GOSYNCIO_PYTHON"), "python3"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no python3 on the PATH; CI needs 3.11 or newer")
	}
	t.Skip("no python3 on the PATH")
	return ""
}

func TestPythonOriginalsRunByThemselves(t *testing.T) {
	t.Parallel()
	// What cannot be the same every time.
	took := regexp.MustCompile(`took \d+\.\d\d s`)
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`)
	after := regexp.MustCompile(`fired after \S+`)
	for _, id := range content.IDs() {
		t.Run(id, func(t *testing.T) {
			original := lessontest.FactsOf(t, id).Original
			t.Parallel()
			interpreter := python(t)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			args := append([]string{"-B", filepath.Join(id, load(t, id).Module+".py")}, original.Arguments...)
			cmd := exec.CommandContext(ctx, interpreter, args...)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			if err := cmd.Run(); err != nil {
				t.Fatalf("%v\n%s%s", err, stdout.String(), stderr.String())
			}
			got := strings.ReplaceAll(stdout.String(), "\r\n", "\n")
			got = took.ReplaceAllString(got, "took TIME")
			got = after.ReplaceAllString(got, "fired after TIME")
			got = address.ReplaceAllString(got, "HOST")
			if original.Prints == "" { // the runner compares what it prints with what Go prints
				for _, variant := range lessonVariants(t, id) {
					if !strings.Contains(got, variant+" took TIME\n") {
						t.Errorf("%s was not timed:\n%s", variant, got)
					}
				}
			} else if diff := cmp.Diff(original.Prints+"\n", got); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
			if !strings.Contains(stderr.String(), original.Warns) {
				t.Errorf("stderr lacks %q:\n%s", original.Warns, stderr.String())
			}
		})
	}
}

// lessonVariants returns the variants that a Python file has and times.
func lessonVariants(t *testing.T, id string) (variants []string) {
	l := load(t, id)
	for _, match := range regexp.MustCompile(`(?m)^async def (\w+)\(`).FindAllSubmatch(l.Python, -1) {
		if name := string(match[1]); l.InPython(name) && strings.Contains(string(l.Python), "for variant in") && timed(l.Python, name) {
			variants = append(variants, name)
		}
	}
	return variants
}

// timed reports whether main times a function: it stands in the list of its
// loop.
func timed(source []byte, name string) bool {
	_, main, _ := strings.Cut(string(source), "\ndef main():")
	return regexp.MustCompile(`for variant in [^:]*\b` + name + `\b`).MatchString(main)
}

func BenchmarkHeaders(b *testing.B) {
	for b.Loop() {
		if _, err := content.Headers(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := content.Load("tasks"); err != nil {
			b.Fatal(err)
		}
	}
}
