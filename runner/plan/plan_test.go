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
