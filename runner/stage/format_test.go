package stage

import (
	"testing"
	"time"

	"gosyncio/runner/player"
)

func TestFormats(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 52_300: "52 µs", 1500 * time.Microsecond: "1.5 ms", 350 * ms: "350 ms",
		996 * ms: "1.00 s", 3001 * ms: "3.00 s", 61 * time.Second: "61.00 s",
	} {
		if got := Seconds(d); got != want {
			t.Errorf("Seconds(%v) = %q, want %q", d, got, want)
		}
	}
	for _, tt := range []struct {
		a, b time.Duration
		want string
	}{
		{3 * time.Second, 2 * time.Second, "1.50× faster"}, {40 * time.Second, 500 * ms, "80.0× faster"},
		{400 * time.Second, 500 * ms, "800× faster"}, {time.Second, 2 * time.Second, "2.00× slower"},
		{1001 * ms, 1000 * ms, "no faster"}, {0, time.Second, ""}, {time.Second, 0, ""},
	} {
		if got := speedup(tt.a, tt.b); got != tt.want {
			t.Errorf("speedup(%v, %v) = %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
	for _, tt := range []struct {
		scale time.Duration
		room  int
		want  time.Duration
	}{{3 * time.Second, 6, 500 * ms}, {3 * time.Second, 3, time.Second}, {10 * ms, 5, 2 * ms}, {time.Hour, 4, 20 * time.Minute}, {1, 0, 1}} {
		if got := tick(tt.scale, tt.room); got != tt.want {
			t.Errorf("tick(%v, %d) = %v, want %v", tt.scale, tt.room, got, tt.want)
		}
	}
}

func TestPythonIsComparedWithGoWhenItIsMoreThanNoise(t *testing.T) {
	tests := []struct {
		python, golang time.Duration
		want           string
	}{
		{0, 2000 * ms, ""},
		{2004 * ms, 2000 * ms, ""}, // noise
		{12 * ms, 4 * ms, ""},      // too short to tell
		{2050 * ms, 2000 * ms, ""}, // under 3 percent
		{2200 * ms, 2000 * ms, "Python 1.10× slower"},
		{1000 * ms, 2000 * ms, "Python 2.00× faster"},
		{2000 * ms, 50 * ms, "Python 40× slower"},
	}
	for _, tt := range tests {
		p := panel("concurrent", tt.golang, tt.golang, nil)
		p.Twin, p.TwinLanguage = tt.python, player.Python
		if got := difference(p); got != tt.want {
			t.Errorf("Python %v, Go %v: %q, want %q", tt.python, tt.golang, got, tt.want)
		}
		p.Job.Variant.Dies = "fatal error"
		if got := difference(p); got != "" {
			t.Errorf("%q of how long it took to die", got)
		}
	}
}
