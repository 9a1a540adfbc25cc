package plan

import (
	"testing"

	"gosyncio/runner/player"
)

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

// Captions and formulas go by the CPUs that there are, and by GOMAXPROCS for
// Go alone.
func TestCPUs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		there, procs int
		caption      string
		inGo, python float64
	}{
		{there: 1, caption: "n=4 size=200000 1 CPU", inGo: 1, python: 1},
		{there: 1, procs: 1, caption: "n=4 size=200000 CPUs=1", inGo: 1, python: 1},
		{there: 1, procs: 4, caption: "n=4 size=200000 CPUs=4 on 1 CPU", inGo: 1, python: 1},
		{there: 2, procs: 1, caption: "n=4 size=200000 CPUs=1", inGo: 1, python: 2},
		{there: 2, procs: 8, caption: "n=4 size=200000 CPUs=8", inGo: 2, python: 2},
	} {
		r, err := New("cpubound", nil, nil, Both)
		if err != nil {
			t.Fatal(err)
		}
		r.CPUs, r.Procs = tt.there, tt.procs
		inGo, python := r.Numbers(player.Go)["cpus"], r.Numbers(player.Python)["cpus"]
		if r.StageCaption() != tt.caption || inGo != tt.inGo || python != tt.python {
			t.Errorf("%d CPUs, GOMAXPROCS %d: %q, Go %v, Python %v, want %+v", tt.there, tt.procs, r.StageCaption(), inGo, python, tt)
		}
		if got := r.Setup().CPUs; got != tt.there {
			t.Errorf("the player is told of %d CPUs, want %d", got, tt.there)
		}
	}
}
