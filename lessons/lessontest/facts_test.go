package lessontest

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// whole is a module with a lesson that lacks nothing.
func whole() fstest.MapFS {
	something := &fstest.MapFile{Data: []byte("something")}
	return fstest.MapFS{
		"lessons/x.go":                   something,
		"lessons/x/x.go":                 something,
		"lessons/x/x_test.go":            something,
		"lessons/x/testdata/facts.yaml":  something,
		"content/x/lesson.md":            something,
		"content/x/x.py":                 something,
		"lessons/lessontest/whatever.go": something,
	}
}

func TestMissingNamesWhatALessonLacks(t *testing.T) {
	t.Parallel()
	without := func(names ...string) fstest.MapFS {
		module := whole()
		for _, name := range names {
			delete(module, name)
		}
		return module
	}
	empty := whole()
	empty["content/x/x.py"] = &fstest.MapFile{}
	renamed := without("content/x/x.py")
	renamed["content/x/other.py"] = &fstest.MapFile{Data: []byte("something")}
	x := []string{"x"}
	for name, tt := range map[string]struct {
		module fstest.MapFS
		ids    []string
		want   string
	}{
		"nothing":      {whole(), x, ""},
		"another name": {renamed, x, ""},
		"settings":     {without("lessons/x.go"), x, "lesson x lacks its settings and variants: there is no lessons/x.go"},
		"source":       {without("lessons/x/x.go"), x, "lesson x lacks its program in Go: there is no lessons/x/x.go"},
		"test":         {without("lessons/x/x_test.go"), x, "lesson x lacks the test of its program: there is no lessons/x/x_test.go"},
		"facts":        {without("lessons/x/testdata/facts.yaml"), x, "lesson x lacks its facts for tests: there is no lessons/x/testdata/facts.yaml"},
		"an empty one": {empty, x, "lesson x lacks its program in Python: there is no content/x/x.py"},
		"its content": {without("content/x/lesson.md", "content/x/x.py"), x, "lesson x lacks its text: there is no content/x/lesson.md\n" +
			"lesson x lacks its program in Python: there is no content/x/x.py"},
		"its line in All": {whole(), nil, "lessons.All lacks lesson x: there is lessons/x/testdata/facts.yaml\n" +
			"lessons.All lacks lesson x: there is content/x/lesson.md"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if err := Missing(tt.module, tt.ids); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadFacts(t *testing.T) {
	t.Parallel()
	read := func(text string) (Facts, error) {
		return readFacts(fstest.MapFS{"lessons/x/testdata/facts.yaml": {Data: []byte(text)}}, "x")
	}

	got, err := read(`
ideal: {one: 1500ms, two: 0s}
ideal_on_one_cpu: {one: 2s}
settings:
  virtual: [a=1s, b=2]
  predicted:
    - [a=2s]
    - [a=3s, b=4]
computes: true
real_time:
  go: {one: "it computes: much"}
bars:
  python: {two: [ready, waiting sleep]}
original:
  prints: |
    one

    two
`)
	if err != nil {
		t.Fatal(err)
	}
	want := Facts{
		Ideal:         map[string]time.Duration{"one": 1500 * time.Millisecond, "two": 0},
		IdealOnOneCPU: map[string]time.Duration{"one": 2 * time.Second},
		Settings: Settings{
			Virtual:   []string{"a=1s", "b=2"},
			Predicted: [][]string{{"a=2s"}, {"a=3s", "b=4"}},
		},
		Computes: true,
	}
	want.RealTime.Go = map[string]string{"one": "it computes: much"}
	want.Bars.Python = map[string][]string{"two": {"ready", "waiting sleep"}}
	want.Original.Prints = "one\n\ntwo\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}

	for _, bad := range []string{"ideals: {one: 1s}", "ideal: {one: 1}", "ideal: {one: soon}", "settings: {slow: []}", "real_time: {rust: {}}", "bars: {rust: {}}"} {
		if _, err := read(bad); err == nil || !strings.HasPrefix(err.Error(), "lessons/x/testdata/facts.yaml: ") {
			t.Errorf("%s: error %v, want one that names the file", bad, err)
		}
	}
	if _, err := readFacts(whole(), "nosuch"); err == nil || !strings.Contains(err.Error(), "lessons/nosuch/testdata/facts.yaml") {
		t.Errorf("no facts: error %v, want one that names the file", err)
	}
}

func TestModuleIsFoundFromAPackageOfIt(t *testing.T) {
	t.Parallel()
	f, err := Module(t).Open("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}
