package lessons

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

// ideals are what perfect scheduling takes with the defaults.
var ideals = map[string]map[string]time.Duration{
	"eventloop":  {"sequential": 6 * time.Second, "concurrent": 3 * time.Second, "loop": 3 * time.Second, "blocked": 4 * time.Second},
	"coroutines": {"sequential": 3 * time.Second, "concurrent": time.Second, "forgotten": 0},
	"tasks":      {"sequential": 3 * time.Second, "concurrent": 2 * time.Second},
	"gather":     {"sequential": 3 * time.Second, "concurrent": 2 * time.Second},
	"fetch":      {"sequential": 1200 * time.Millisecond, "concurrent": 500 * time.Millisecond, "bounded": 500 * time.Millisecond},
	"cpubound":   {"sequential": 0, "concurrent": 0, "threads": 0, "parallel": 0, "ticker": 0},
	"pools":      {"sequential": 5 * time.Second, "pool": 1250 * time.Millisecond, "concurrent": 50 * time.Millisecond, "sizes": 10050 * time.Millisecond},
	"sockets":    {"sequential": 2 * time.Second, "concurrent": time.Millisecond},
	"database":   {"sequential": 1800 * time.Millisecond, "concurrent": 300 * time.Millisecond, "to_thread": 300 * time.Millisecond, "bounded": 900 * time.Millisecond},
	"rules":      {"start": time.Second, "anywhere": time.Second, "elsewhere": time.Second, "shared": 0},
}

func TestIdealsWithTheDefaults(t *testing.T) {
	if runtime.NumCPU() == 1 { // asyncio has five threads then, and there are six queries
		ideals["database"]["to_thread"] = 600 * time.Millisecond
	}
	got := map[string]map[string]time.Duration{}
	for _, l := range All() {
		got[l.ID] = map[string]time.Duration{}
		for _, v := range l.Variants {
			got[l.ID][v.Name] = v.Ideal(l.Defaults())
		}
	}
	if diff := cmp.Diff(ideals, got); diff != "" {
		t.Errorf("ideals (-want +got):\n%s", diff)
	}
}

// In virtual time every program takes what is said to be ideal, to the
// nanosecond, with the defaults and with other settings.
func TestProgramsTakeTheirIdealTime(t *testing.T) {
	settings := map[string][][2]string{
		"eventloop":  {{"a", "700ms"}, {"b", "4s"}, {"c", "1ms"}},
		"coroutines": {{"delay", "1h"}, {"count", "1000"}},
		"tasks":      {{"a", "700ms"}, {"b", "1300ms"}},
		"gather":     {{"a", "0s"}, {"b", "5s"}},
		"cpubound":   {{"n", "3"}, {"size", "1000"}},
		"pools":      {{"jobs", "33"}, {"each", "1s"}, {"size", "5"}},
		"rules":      {{"delay", "3s"}, {"count", "7"}},
	}
	for _, l := range All() {
		if l.Serve != nil {
			continue // network waits are not durable: see its own tests
		}
		changed := l.Defaults()
		var err error
		for _, s := range settings[l.ID] {
			if changed, err = changed.With(s[0], s[1]); err != nil {
				t.Fatal(err)
			}
		}
		for _, v := range l.Variants {
			if v.Run == nil || l.ID == "cpubound" && v.Name == "ticker" { // its ticks come in real time only
				continue
			}
			for _, values := range []Values{l.Defaults(), changed} {
				t.Run(l.ID+"/"+v.Name+"/"+values.String(), func(t *testing.T) {
					var elapsed time.Duration
					lessontest.Output(t, func() {
						synctest.Test(t, func(t *testing.T) {
							start := time.Now()
							if err := v.Run(context.Background(), values); err != nil {
								t.Error(err)
							}
							elapsed = time.Since(start)
							time.Sleep(2 * MaxDuration) // for goroutines that were forgotten
						})
					})
					if want := v.Ideal(values); elapsed != want {
						t.Errorf("elapsed = %v, want %v", elapsed, want)
					}
				})
			}
		}
	}
}

func TestBoundedIdealIsThatOfListScheduling(t *testing.T) {
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	v, err := l.Defaults().With("limit", "2")
	if err != nil {
		t.Fatal(err)
	}
	bounded, err := l.Variant("bounded")
	if err != nil {
		t.Fatal(err)
	}
	// 400 and 300 ms start; the third, 500 ms, starts when the 300 are over.
	if got, want := bounded.Ideal(v), 800*time.Millisecond; got != want {
		t.Errorf("ideal = %v, want %v", got, want)
	}
}

func TestEveryLessonHasTheVariantsThatAreCompared(t *testing.T) {
	for _, l := range All() {
		compared := l.Compared
		if compared == nil {
			compared = []string{"sequential", "concurrent"}
		}
		for _, name := range compared {
			if _, err := l.Variant(name); err != nil {
				t.Errorf("%s: %v", l.ID, err)
			}
		}
		if len(l.Source()) == 0 {
			t.Errorf("%s has no source", l.ID)
		}
	}
}

func TestBadValues(t *testing.T) {
	const (
		duration = "write a number and a unit, such as 700ms or 1.5s"
		number   = "choose a number from 1 to 1000000"
		digits   = "write digits, such as 3 or 1000"
		commas   = "separate addresses by single commas"
		scheme   = "write it with its scheme, such as https://go.dev"
	)
	tests := []struct{ lesson, name, value, problem, next string }{
		{"tasks", "a", "2", "not a duration", duration},
		{"tasks", "a", "", "not a duration", duration},
		{"tasks", "a", "a: b; c", "not a duration", duration},
		{"tasks", "a", "-1s", "negative", "a duration is 0s or more"},
		{"tasks", "a", "61m", "over an hour", "choose a duration of 1h or less"},
		{"fetch", "pages", "0", "less than 1", number},
		{"fetch", "pages", "-3", "less than 1", number},
		{"fetch", "pages", "-99999999999999999999", "less than 1", number},
		{"fetch", "pages", "1000001", "over 1000000", "choose a smaller number"},
		{"fetch", "pages", "99999999999999999999", "over 1000000", "choose a smaller number"},
		{"fetch", "pages", "3.5", "not a whole number", digits},
		{"fetch", "pages", "1e3", "not a whole number", digits},
		{"fetch", "urls", "", "an address in the list is empty", commas},
		{"fetch", "urls", "https://a,,https://b", "an address in the list is empty", commas},
		{"fetch", "urls", "go.dev", `"go.dev" is not an address`, scheme},
		{"fetch", "urls", "ftp://a", `"ftp://a" is not an address`, scheme},
		{"fetch", "urls", "http://a/\u009b31m", `"http://a/\u009b31m" is not an address`, scheme},
	}
	for _, tt := range tests {
		l, err := Find(tt.lesson)
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Defaults().With(tt.name, tt.value)
		var got *ValueError
		if !errors.As(err, &got) {
			t.Errorf("%s %s=%s: error %v", tt.lesson, tt.name, tt.value, err)
			continue
		}
		want := &ValueError{Setting: tt.name, Value: tt.value, Problem: tt.problem, Next: tt.next}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s=%s (-want +got):\n%s", tt.lesson, tt.name, tt.value, diff)
		}
	}
}

// What Texts gives, With takes: so a child gets the values of its parent.
func FuzzWith(f *testing.F) {
	f.Add("1.5s")
	f.Add("42")
	f.Add("https://go.dev,http://127.0.0.1:80/x")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range All() {
			for _, s := range l.Settings {
				v, err := l.Defaults().With(s.Name, text)
				if err != nil {
					continue
				}
				again, err := l.Defaults().With(s.Name, v.Texts()[s.Name])
				if err != nil {
					t.Fatalf("%s=%q is written as %q, which is refused: %v", s.Name, text, v.Texts()[s.Name], err)
				}
				if diff := cmp.Diff(v.Texts(), again.Texts()); diff != "" {
					t.Fatalf("%s=%q (-once +again):\n%s", s.Name, text, diff)
				}
			}
		}
	})
}
