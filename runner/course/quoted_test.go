package course_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/child"
	"gosyncio/runner/plan"
	"gosyncio/runner/source"
)

// What a page quotes in a fence of text is what Go prints when a variant
// dies, or what the race detector says of one that is racy, but for numbers.
func TestWhatGoSaysIsQuotedAsItIs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs lessons")
	}
	eachText(t, func(t *testing.T, lesson lessons.Lesson, text content.Lesson) {
		var names []string
		for _, v := range lesson.Variants {
			if v.Dies != "" && !(child.Cgo && v.Untraced) { // Go says nothing then
				names = append(names, v.Name)
			}
		}
		facts := lessontest.FactsOf(t, lesson.ID)
		printed := map[string]bool{}
		if len(names) > 0 {
			for _, run := range played(t, request(t, lesson.ID, names, facts.Settings.Quick, plan.Go)).Runs {
				for _, line := range run.Status.Output {
					printed[unnumbered(line.Text)] = true
				}
			}
		}
		if len(facts.Racy) > 0 {
			names = append(names, "the race detector")
			for line := range strings.Lines(raceReport(t, lesson, facts.Racy[0])) {
				printed[unnumbered(strings.TrimRight(line, "\n"))] = true
			}
		}
		if len(printed) == 0 {
			return // nothing that is quoted here comes from a run of ours
		}
		fence := regexp.MustCompile("(?ms)^```text\n(.*?)^```$")
		for _, page := range text.Pages {
			for _, block := range page.Blocks {
				prose, ok := block.(content.Prose)
				if !ok {
					continue
				}
				for _, quoted := range fence.FindAllStringSubmatch(prose.Markdown+"\n", -1) {
					for line := range strings.Lines(quoted[1]) {
						if line = strings.TrimRight(line, "\n"); line != "" && !printed[unnumbered(line)] {
							t.Errorf("%s: %q is quoted, and printed by none of %v", at(text, prose.Line), line, names)
						}
					}
				}
			}
		}
	})
}

// raceReport is what a variant of the lesson's program prints with the race
// detector, run as the lesson says.
func raceReport(t *testing.T, lesson lessons.Lesson, variant string) string {
	t.Helper()
	if _, err := exec.LookPath("gcc"); err != nil && os.Getenv("CI") == "" {
		t.Skip("the race detector needs gcc")
	}
	program, err := source.Go(lesson)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), lesson.ID+".go")
	if err := os.WriteFile(file, program, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := file + ".exe"
	build := exec.CommandContext(t.Context(), "go", "build", "-race", "-o", binary, file) // here, for the packages that it imports
	build.Env = append(os.Environ(), "CGO_ENABLED=1", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build it: %v\n%s", err, out)
	}
	var all strings.Builder
	const most = 20 // who comes first is for the machine to say
	for range most {
		cmd := exec.CommandContext(t.Context(), binary, variant)
		cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("%s of %s is no race: %s", variant, lesson.ID, out)
		}
		all.Write(out)
	}
	return all.String()
}

// unnumbered is a line without what differs from one run to the next: the
// numbers of goroutines, addresses, folders. The lines of the source stay.
func unnumbered(line string) string {
	for _, replace := range [][2]string{{`goroutine \d+`, "goroutine N"}, {`0x[0-9a-f]+`, "0xN"}, {`^(\s+)\S*[/\\]`, "$1"}} {
		line = regexp.MustCompile(replace[0]).ReplaceAllString(line, replace[1])
	}
	return line
}
