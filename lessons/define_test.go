package lessons

import (
	"context"
	"io"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons/lessontest"
)

// Each field of a struct of settings is bound, and to one name; the address
// of a server is bound where there is one.
func TestEverySettingHasAFieldOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		bound := l.Defaults().settings.bindings()
		fields := len(bound.settings)
		if bound.address != nil {
			fields++
		}
		if bound.cpus != nil {
			fields++
		}
		if bound.files != nil {
			fields++
		}
		if (bound.files != nil) != l.KeepsFiles {
			t.Errorf("%s: a field for a folder: %t; keeps files: %t", l.ID, bound.files != nil, l.KeepsFiles)
		}
		if (bound.address != nil) != (l.Serve != nil) {
			t.Errorf("%s: a field for an address: %t; a server: %t", l.ID, bound.address != nil, l.Serve != nil)
		}
		if n := reflect.ValueOf(l.Defaults().settings).Elem().FieldByName("fields").NumField(); n != fields {
			t.Errorf("%s: %d of %d fields are bound", l.ID, fields, n)
		}
		for _, s := range l.Settings {
			changed := l.Defaults()
			for _, text := range []string{"7", "7777", "7777ms", "http://a.example"} { // one of them it will take
				if v, err := changed.With(s.Name, text); err == nil {
					changed = v
				}
			}
			want, got := l.Defaults().Texts(), changed.Texts()
			if want[s.Name] == got[s.Name] {
				t.Errorf("%s: setting %s did not change it", l.ID, s.Name)
			}
			delete(want, s.Name)
			delete(got, s.Name)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: setting %s changed others (-want +got):\n%s", l.ID, s.Name, diff)
			}
		}
	}
}

// The variants, Serve and Python get the values, and the server's address.
func TestWhatIsDefinedGetsTheValues(t *testing.T) {
	t.Parallel()
	closer := io.NopCloser(nil)
	var ran, served sample
	l := define(definition[sample]{
		ID: "sample",
		Variants: []variant[sample]{
			{
				Name: "one", Ideal: func(s sample) time.Duration { return s.wait },
				PythonIdeal: func(s sample) time.Duration { return 2 * s.wait },
				Run:         func(_ context.Context, s sample) error { ran = s; return nil },
			},
			{Name: "two", Ideal: func(s sample) time.Duration { return s.wait }},
			{Name: "three"},
		},
		Serve: func(s sample) (string, io.Closer, error) {
			served = s
			return "addr", closer, nil
		},
		Python: func(s sample) map[string]any { return map[string]any{"address": s.server} },
	})
	if diff := cmp.Diff([]Setting{{"wait", "2s", "how long"}, {"n", "3", "how many"}, {"urls", "", "where"}}, l.Settings); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"sequential", "concurrent"}, l.Compared); diff != "" {
		t.Errorf("compared (-want +got):\n%s", diff)
	}

	v := lessontest.Set(t, l.Defaults(), []string{"wait=5s", "urls=http://a, http://b"})
	want := sample{5 * time.Second, 3, []string{"http://a", "http://b"}, ""}
	addr, server, err := l.Serve(v)
	if diff := cmp.Diff(want, served, cmp.AllowUnexported(sample{})); diff != "" || addr != "addr" || server != closer || err != nil {
		t.Errorf("Serve = %q, %v, %v; it got (-want +got):\n%s", addr, server, err, diff)
	}
	v.Server, want.server = addr, addr
	if err := l.Variants[0].Run(t.Context(), v); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, ran, cmp.AllowUnexported(sample{})); diff != "" {
		t.Errorf("Run got (-want +got):\n%s", diff)
	}
	for i, want := range [][2]time.Duration{{5 * time.Second, 10 * time.Second}, {5 * time.Second, 5 * time.Second}, {}} {
		if variant := l.Variants[i]; variant.Ideal(v) != want[0] || variant.PythonIdeal(v) != want[1] {
			t.Errorf("%s: ideal %v, in Python %v; want %v", variant.Name, variant.Ideal(v), variant.PythonIdeal(v), want)
		}
	}
	if l.Variants[1].Run != nil {
		t.Error("two has something to run")
	}
	arguments := map[string]any{"wait": 5.0, "n": 3, "urls": []string{"http://a", "http://b"}, "address": "addr"}
	if diff := cmp.Diff(arguments, l.Arguments(v)); diff != "" {
		t.Errorf("arguments (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"wait": 2.0, "n": 3, "address": ""}, l.Arguments(l.Defaults())); diff != "" {
		t.Errorf("arguments with the defaults (-want +got):\n%s", diff)
	}
	if got, want := v.String(), "wait=5s n=3 urls=http://a,http://b"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
	if got, want := l.Defaults().String(), "wait=2s n=3"; got != want {
		t.Errorf("String of the defaults = %q, want %q", got, want)
	}
}

// sample are settings of every kind.
type sample struct {
	wait   time.Duration
	n      int
	urls   []string
	server string
}

func (s *sample) bind(b *bindings) {
	b.duration(&s.wait, "wait", 2*time.Second, "how long")
	b.count(&s.n, "n", 3, "how many")
	b.urls(&s.urls, "urls", "where")
	b.server(&s.server)
}

func TestValuesOfAnotherLessonPanicByName(t *testing.T) {
	t.Parallel()
	l := define(definition[sample]{ID: "sample", Variants: []variant[sample]{
		{Name: "one", Ideal: func(s sample) time.Duration { return s.wait }},
	}})
	for _, v := range []Values{tasksLesson().Defaults(), {}} {
		func() {
			defer func() {
				if got, want := recover(), "lessons: sample was called with values of another lesson"; got != want {
					t.Errorf("panic %v, want %s", got, want)
				}
			}()
			l.Variants[0].Ideal(v)
		}()
	}
}

// asyncio's threads are sized by the CPUs that there are, and so is the ideal
// of what runs in them.
func TestIdealsGoByTheCPUs(t *testing.T) {
	t.Parallel()
	lesson, err := Find("database")
	if err != nil {
		t.Fatal(err)
	}
	variant, err := lesson.Variant("to_thread")
	if err != nil {
		t.Fatal(err)
	}
	values := lessontest.Set(t, lesson.Defaults(), []string{"queries=6", "each=1s"})
	for cpus, want := range map[int]time.Duration{1: 2 * time.Second, 2: time.Second} {
		values.CPUs = cpus
		if got := variant.PythonIdeal(values); got != want {
			t.Errorf("%d CPUs: %v, want %v", cpus, got, want)
		}
	}
}
