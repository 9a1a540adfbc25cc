package stage

import (
	"strings"
	"testing"
	"time"

	"gosyncio/runner/player"
)

// That a process died is said wherever its time stands, and is no failure. That
// it was not traced then matters less.
func TestHowAProcessDied(t *testing.T) {
	t.Parallel()
	status := player.Status{Phase: player.Ended, Elapsed: time.Second, ExitCode: 2, Died: "panic: no route"}
	p := Panel{Recording: player.Recording{Status: status}}
	const died = "exit status 2: panic: no route"
	if got, want := ending(status), "("+died+")"; got != want {
		t.Errorf("the transcript ends in %q, want %q", got, want)
	}
	if got, want := summary(p), "1.00 s  "+died; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
	s := Scene{Palette: NewPalette(false)}
	if got, want := s.elapsed(p), "1.00 s   "+died; got != want {
		t.Errorf("the panel says %q, want %q", got, want)
	}
	status.Died = ""
	if got := s.elapsed(Panel{Recording: player.Recording{Status: status}}); !strings.Contains(got, "not traced") {
		t.Errorf("the panel of a run without a timeline says %q", got)
	}
}
