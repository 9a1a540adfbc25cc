package lessons

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

func TestNoLessonLacksAFile(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, l := range All() {
		ids = append(ids, l.ID)
	}
	if err := lessontest.Missing(lessontest.Module(t), ids); err != nil {
		t.Error(err)
	}
}

func TestSourceIsTheFileWithTheFunctions(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		name := "lessons/" + l.ID + "/" + l.ID + ".go"
		want, err := fs.ReadFile(lessontest.Module(t), name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(l.Source(), want) {
			t.Errorf("%s: the source is not %s", l.ID, name)
		}
		for _, v := range l.Variants {
			if (v.Func == "") != (v.Run == nil) {
				t.Errorf("%s %s: Func is %q, and Run is there: %t", l.ID, v.Name, v.Func, v.Run != nil)
			}
			if v.Func != "" && !bytes.Contains(want, []byte("\nfunc "+v.Func+"(")) {
				t.Errorf("%s %s: %s has no function %s", l.ID, v.Name, name, v.Func)
			}
		}
	}
}

func TestNamesAreUsedOnce(t *testing.T) {
	t.Parallel()
	unique := func(what string, names []string) {
		t.Helper()
		slices.Sort(names)
		if len(slices.Compact(slices.Clone(names))) < len(names) || slices.Contains(names, "") {
			t.Errorf("%s: a name is empty or used twice: %q", what, names)
		}
	}
	var ids []string
	for _, l := range All() {
		ids = append(ids, l.ID)
		var settings []string
		for _, s := range l.Settings {
			settings = append(settings, s.Name)
		}
		unique("settings of "+l.ID, settings)
		unique("variants of "+l.ID, l.VariantNames())
		unique("compared in "+l.ID, slices.Clone(l.Compared))
	}
	unique("lessons", ids)
}

// What the facts name is there, and the settings can be set.
func TestFactsAreThoseOfTheLesson(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			facts := lessontest.FactsOf(t, l.ID)
			for what, names := range map[string][]string{
				"ideal_on_one_cpu": slices.Collect(maps.Keys(facts.IdealOnOneCPU)),
				"real_time.go":     slices.Collect(maps.Keys(facts.RealTime.Go)),
				"real_time.python": slices.Collect(maps.Keys(facts.RealTime.Python)),
				"python_differs":   slices.Collect(maps.Keys(facts.PythonDiffers)),
				"bars.go":          slices.Collect(maps.Keys(facts.Bars.Go)),
				"bars.python":      slices.Collect(maps.Keys(facts.Bars.Python)),
			} {
				for _, name := range names {
					if _, err := l.Variant(name); err != nil {
						t.Errorf("%s: %v", what, err)
					}
				}
			}
			for what, settings := range map[string][]string{
				"virtual": facts.Settings.Virtual, "quick": facts.Settings.Quick,
				"compared": facts.Settings.Compared, "traced": facts.Settings.Traced,
			} {
				t.Run(what, func(t *testing.T) { lessontest.Set(t, l.Defaults(), settings) })
			}
			for _, settings := range facts.Settings.Predicted {
				lessontest.Set(t, l.Defaults(), settings)
			}
			if len(facts.Settings.Predicted) < 2 {
				t.Error("settings.predicted: the predictions are to be tried with two settings at least")
			}
			if l.Serve == nil && facts.Settings.Virtual == nil {
				t.Error("settings.virtual: the programs are to be tried with other settings than the defaults")
			}
		})
	}
}

func TestIdealsWithTheDefaults(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			got := map[string]time.Duration{}
			for _, v := range l.Variants {
				got[v.Name] = v.Ideal(l.Defaults())
			}
			if diff := cmp.Diff(lessontest.FactsOf(t, l.ID).IdealHere(), got); diff != "" {
				t.Errorf("ideals (-want +got):\n%s", diff)
			}
		})
	}
}

// In virtual time every program takes what is said to be ideal, to the
// nanosecond, with the defaults and with other settings.
func TestProgramsTakeTheirIdealTime(t *testing.T) {
	for _, l := range All() {
		if l.Serve != nil {
			continue // network waits are not durable: see its own tests
		}
		facts := lessontest.FactsOf(t, l.ID)
		changed := lessontest.Set(t, l.Defaults(), facts.Settings.Virtual)
		for _, v := range l.Variants {
			if v.Run == nil || v.Dies != "" || facts.RealTime.Go[v.Name] != "" {
				continue // the test would die of it, or wait for what does not come
			}
			if lessontest.Race && slices.Contains(facts.Racy, v.Name) {
				continue // the race detector would see what it is to see
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
	t.Parallel()
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	v := lessontest.Set(t, l.Defaults(), []string{"limit=2"})
	bounded, err := l.Variant("bounded")
	if err != nil {
		t.Fatal(err)
	}
	// 400 and 300 ms start; the third, 500 ms, starts when the 300 are over.
	if got, want := bounded.Ideal(v), 800*time.Millisecond; got != want {
		t.Errorf("ideal = %v, want %v", got, want)
	}
}

func TestNoPageTakesLongerThanTheClientWaits(t *testing.T) {
	t.Parallel()
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	v := lessontest.Set(t, l.Defaults(), []string{"latency=10m"})
	got := map[string]time.Duration{}
	for _, variant := range l.Variants {
		got[variant.Name] = variant.Ideal(v)
	}
	want := map[string]time.Duration{"sequential": 90 * time.Second, "concurrent": 30 * time.Second, "fastest": 30 * time.Second, "bounded": 30 * time.Second}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ideals (-want +got):\n%s", diff)
	}
}

func TestEveryLessonHasTheVariantsThatAreCompared(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		if len(l.Compared) == 0 {
			t.Errorf("%s compares nothing", l.ID)
		}
		for _, name := range l.Compared {
			if _, err := l.Variant(name); err != nil {
				t.Errorf("%s: %v", l.ID, err)
			}
		}
	}
}
