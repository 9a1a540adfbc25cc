package walk

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// What is said of runs is complete when nothing more is to come, and not when
// they have ended: what they cost is measured after that.
func TestWhatIsSaidIsCompleteWhenItIsNotBusy(t *testing.T) {
	t.Parallel()
	w := newWatch(t.Context(), player.New(append(os.Environ(), withoutPython)), false)
	defer w.Close()
	request, err := plan.New("sockets", []string{"concurrent"}, []string{"clients=5"}, plan.Go)
	if err != nil {
		t.Fatal(err)
	}
	w.request = request
	w.open(stage.Options{})
	w.update(w.start()())
	text := w.Text()
	for end := time.Now().Add(patience); text.Busy && time.Now().Before(end); text = w.Text() {
		runtime.Gosched()
	}
	if said := strings.Join(text.Lines, "\n"); !strings.Contains(said, "(done)\n\nconcurrent  ") {
		t.Errorf("busy %v, said:\n%s", text.Busy, said)
	}
}
