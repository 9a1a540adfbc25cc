package content_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gosyncio/content"
)

// oneEntry is a dictionary with an entry that lacks nothing.
const oneEntry = `# A comment.

- names: [wait_for, timeout]
  go: "` + "`select`" + `"
  what: Limits a wait.
  differs: It does not end it.
  since: "3.11"
  gone: "3.99"
  run: tasks concurrent
`

func TestParseDictionary(t *testing.T) {
	t.Parallel()
	entries, err := content.ParseDictionary("x.yaml", []byte(oneEntry+`
- names: [_await]
  go: a call
  what: Waits.
  differs: Nothing.
  run: deadline

- names: [policy]
  go: nothing
  what: Chooses.
  differs: Nothing is chosen.
  none: there is none
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []content.Entry{
		{Line: 11, Names: []string{"_await"}, Go: "a call", What: "Waits.", Differs: "Nothing.", Lesson: "dictionary", Variant: "deadline"},
		{Line: 17, Names: []string{"policy"}, Go: "nothing", What: "Chooses.", Differs: "Nothing is chosen.", None: "there is none"},
		{Line: 3, Names: []string{"wait_for", "timeout"}, Go: "`select`", What: "Limits a wait.", Differs: "It does not end it.", Since: "3.11", Gone: "3.99", Lesson: "tasks", Variant: "concurrent"},
	}
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if got, want := entries[2].About(), "Limits a wait. New in Python 3.11. Gone in Python 3.99."; got != want {
		t.Errorf("it is about %q, want %q", got, want)
	}
}

// A mistake is an error that begins with its place.
func TestMistakesInADictionary(t *testing.T) {
	t.Parallel()
	change := func(old, new string) string { return strings.Replace(oneEntry, old, new, 1) }
	for _, tt := range []struct{ name, source, want string }{
		{"no list", "names: [a]", "x.yaml:1: the dictionary must be a list"},
		{"no mapping", "- a", "x.yaml:1: entry must be lines of `key: value`"},
		{"another key", change("what:", "meaning:"), `x.yaml:5: entry: unknown field "meaning"`},
		{"no names", change("[wait_for, timeout]", "[]"), "x.yaml:3: entry lacks names"},
		{"an empty name", change("wait_for", `""`), "x.yaml:3: names is empty"},
		{"no go", change("  go: \"`select`\"\n", ""), "x.yaml:3: entry lacks go"},
		{"nothing said", change("Limits a wait.", `""`), "x.yaml:5: what is empty"},
		{"no version", change(`"3.11"`, "soon"), `x.yaml:7: since is "soon"; it must be a version of Python`},
		{"nothing runs", change("  run: tasks concurrent\n", ""), "x.yaml:3: entry wait_for must say what it runs"},
		{"two ways", oneEntry + "  none: because\n", "x.yaml:9: entry wait_for must say what it runs"},
		{"three words", change("tasks concurrent", "tasks a b"), `x.yaml:9: run is "tasks a b"`},
		{"no reason", change("run: tasks concurrent", `none: ""`), "x.yaml:9: none is empty"},
		{"a name twice", oneEntry + strings.Replace(oneEntry, "wait_for", "wait", 1), "x.yaml:12: timeout has an entry at line 3"},
		{"a control character", change("Limits a wait.", `"\e[2J"`), "x.yaml:5: control character"},
	} {
		_, err := content.ParseDictionary("x.yaml", []byte(tt.source))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestTheDictionaryIsRead(t *testing.T) {
	t.Parallel()
	entries, err := content.Dictionary()
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		page := e.Page(true, true)
		if run, ok := page.Run(); ok != (e.Variant != "") || ok && run.Variants[0] != e.Variant {
			t.Errorf("%s: its page runs %v", e.Names[0], run.Variants)
		}
	}
}

func FuzzParseDictionary(f *testing.F) {
	f.Add(oneEntry)
	f.Add("- names: !!map x")
	f.Fuzz(func(t *testing.T, source string) {
		if _, err := content.ParseDictionary("x.yaml", []byte(source)); err != nil && !strings.HasPrefix(err.Error(), "x.yaml:") {
			t.Errorf("no place: %v", err)
		}
	})
}
