package dictionary

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gosyncio/content"
	"gosyncio/runner/fault"
)

func TestFind(t *testing.T) {
	t.Parallel()
	d := load(t)
	for _, tt := range []struct {
		word string
		want []string // the first names of all that are found
	}{
		{"gather", []string{"gather"}},
		{"asyncio.gather", []string{"gather"}},
		{"waitfor", []string{"timeout"}},
		{"WAIT_FOR", []string{"timeout"}},
		{"wait for", []string{"timeout"}},
		{"errgroup", []string{"gather", "Semaphore", "TaskGroup"}},
		{"sync.Cond", []string{"Condition", "Event.clear"}},
		{"OnceValue", []string{"functools.cache"}},
		{"sync.Pool", []string{"collections.deque"}},
		{"taskdone", []string{"Queue.join"}},
		{"async with", []string{"async with"}},
		{"set_result", []string{"Future.set_result"}},
		{"notify_all", []string{"Condition"}},
		{"create_sub", []string{"create_subprocess_exec", "create_subprocess_shell"}},
		{"  shield ", []string{"shield"}},
		{"NotifyContext", []string{"loop.add_signal_handler"}},
		{"ps", []string{"python -m asyncio ps"}},
	} {
		found, err := d.Find(tt.word)
		if err != nil {
			t.Errorf("%q: %v", tt.word, err)
			continue
		}
		var got []string
		for _, e := range found {
			got = append(got, e.Names[0])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q finds %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestFindSigns(t *testing.T) {
	t.Parallel()
	found, err := load(t).Find("<-")
	if err != nil || len(found) < 3 {
		t.Errorf("<- finds %d entries, %v", len(found), err)
	}
}

// Every name finds its entry, and whoever types it in full that one alone.
func TestEveryNameFindsItsEntry(t *testing.T) {
	t.Parallel()
	d := load(t)
	for _, e := range d.Entries {
		for _, name := range e.Names {
			found, err := d.Find(name)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, f := range found {
				if f.Line == e.Line {
					continue
				}
				if !slices.ContainsFunc(f.Names, func(n string) bool { return plain(n) == plain(name) }) {
					t.Errorf("%s finds %s, too", name, f.Title())
				}
			}
			if !slices.ContainsFunc(found, func(f content.Entry) bool { return f.Line == e.Line }) {
				t.Errorf("%s does not find its entry", name)
			}
		}
	}
}

func TestWordsThatAreNotThere(t *testing.T) {
	t.Parallel()
	d := load(t)
	for word, want := range map[string]string{
		"gahter":        "did you mean gather, ",
		"waitt_for":     "did you mean wait_for",
		"errgruop":      "did you mean errgroup.",
		"semaphor3":     "did you mean Semaphore",
		"zzzzzzzzzzzzz": "the nearest words are ",
		"":              "gosyncio dictionary lists all words",
		"§§":            "gosyncio dictionary lists all words",
		"\x1b[31m":      "the nearest words are ",
	} {
		_, err := d.Find(word)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || !e.Usage || !strings.HasPrefix(e.Next, want) {
			t.Errorf("%q: %v, want a usage error with %q", word, err, want)
			continue
		}
		if strings.Count(e.Next, ",") > 2 {
			t.Errorf("%q: too many words are near: %s", word, e.Next)
		}
	}
}

func FuzzFind(f *testing.F) {
	d := load(f)
	for _, word := range []string{"gather", "<-", "", "async with", "\xff", "İ"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		found, err := d.Find(word)
		if (err == nil) == (len(found) == 0) {
			t.Errorf("%q finds %d entries, %v", word, len(found), err)
		}
	})
}
