package stage

import "testing"

func TestAHeadlineAsASentence(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                                  "",
		"Go  3.00 s → 2.00 s  1.50× faster": "Go: 3.00 s → 2.00 s, 1.50× faster",
		"Python  sequential 3.00 s → pool 1.00 s  3.00× faster       Go  2.00 s → 2.00 s  no faster": "Python: sequential 3.00 s → pool 1.00 s, 3.00× faster; Go: 2.00 s → 2.00 s, no faster",
		"Python  0 s → 0 s         Go  0 s → 0 s  ":                                                  "Python: 0 s → 0 s; Go: 0 s → 0 s",
	} {
		if got := sentence(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
