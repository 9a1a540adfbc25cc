package plan

import "testing"

// Python is switched off and on where something is left to run.
func TestPythonIsToggledWhereSomethingIsLeftToRun(t *testing.T) {
	for variant, want := range map[string]Languages{"sequential": Go, "to_thread": Both} {
		r, err := New("database", []string{variant}, nil, Both)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Toggled(); got.Languages != want || len(got.Parts()) == 0 {
			t.Errorf("%s: toggled to %q, want %q", variant, got.Languages, want)
		}
	}
}

// A caption tells the settings by which something that is run goes.
func TestACaptionLeavesOutWhatIsIgnored(t *testing.T) {
	for _, tt := range []struct {
		variants []string
		procs    int
		want     string
	}{
		{[]string{"sequential", "concurrent"}, 0, "jobs=9 each=1ms"},
		{[]string{"sequential", "pool"}, 0, "jobs=9 each=1ms size=3"},
		{[]string{"concurrent"}, 1, "jobs=9 each=1ms CPUs=1"},
	} {
		r, err := New("pools", tt.variants, []string{"jobs=9", "size=3", "each=1ms"}, Go)
		if err != nil {
			t.Fatal(err)
		}
		r.Procs = tt.procs
		if got := r.Caption(); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.variants, got, tt.want)
		}
	}
}
