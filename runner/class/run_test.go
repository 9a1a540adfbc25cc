package class

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tmaxmax/go-sse"

	"gosyncio/lessons"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// fake is a comparison that the test moves on.
type fake struct {
	mu       sync.Mutex
	snapshot player.Snapshot
	glances  chan struct{} // has a value when somebody has looked
	done     chan struct{}
}

func (f *fake) Done() <-chan struct{} { return f.done }

func (f *fake) Glance(int) player.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	tell(f.glances)
	return f.snapshot
}

// begun is a fake with a run that goes on, of so many lanes.
func begun(lanes int) *fake {
	run := player.Recording{Status: player.Status{Phase: player.Going, Start: time.Now(), Traced: true}, Count: lanes}
	run.Job.Variant = lessons.Variant{Name: "concurrent"}
	for i := range lanes {
		run.Lanes = append(run.Lanes, timeline.NewLane(fmt.Sprint("worker ", i), timeline.NewSpan(timeline.Waiting, 0, time.Millisecond, "sleep", "")))
	}
	return &fake{
		snapshot: player.Snapshot{Lesson: lessons.Lesson{ID: "tasks"}, Runs: []player.Recording{run}},
		glances:  make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// end ends the run.
func (f *fake) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.snapshot.Runs = slices.Clone(f.snapshot.Runs)
	f.snapshot.Ended, f.snapshot.Runs[0].Status.Phase, f.snapshot.Runs[0].Status.Elapsed = true, player.Ended, 2*time.Millisecond
	close(f.done)
}

// A told event, as a page gets it.
type told struct {
	kind string
	data map[string]any
}

// follows are the events that a page gets from now on.
func (b *browser) follows() <-chan told {
	b.t.Helper()
	events := make(chan told, 1000)
	response := b.listening()
	go func() {
		defer close(events)
		for e, err := range sse.Read(response.Body, &sse.ReadConfig{MaxEventSize: maxEvent}) {
			if err != nil {
				return
			}
			data := map[string]any{}
			if json.Unmarshal([]byte(e.Data), &data) == nil {
				events <- told{e.Type, data}
			}
		}
	}()
	return events
}

// next is the next event that a test waits for.
func next(t *testing.T, events <-chan told, what string, is func(told) bool) told {
	t.Helper()
	limit := time.After(time.Minute)
	var seen []told
	for {
		select {
		case e, ok := <-events:
			if !ok {
				t.Fatalf("waited for %s in vain; it was told %v", what, seen)
			}
			if is(e) {
				return e
			}
			seen = append(seen, e)
		case <-limit:
			t.Fatalf("waited for %s in vain; it was told %v", what, seen)
		}
	}
}

func TestARunIsTold(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	page := enter(t, s).follows()
	vote := ask(s, 1)
	f := begun(2)
	s.Show(f, "Tasks", "a=1s")
	if p := s.Poll(); p.Open {
		t.Error("while it runs, what it answers may be voted on")
	}
	e := next(t, page, "the run", func(e told) bool { return e.kind == "run" })
	if e.data["title"] != "Tasks" || e.data["caption"] != "a=1s" || e.data["done"] != false {
		t.Errorf("the run is %v", e.data)
	}
	f.end()
	e = next(t, page, "its end", func(e told) bool { return e.kind == "run" && e.data["done"] == true })
	number := e.data["number"]
	late := enter(t, s).follows() // it stays
	next(t, late, "the run that has ended", func(e told) bool { return e.kind == "run" && e.data["done"] == true && e.data["number"] == number })
	next(t, late, "that it is shown", func(e told) bool { return e.kind == "state" && e.data["run"] == number })

	second := begun(1)
	s.Show(second, "Tasks", "")
	next(t, late, "the next run", func(e told) bool { return e.kind == "run" && e.data["number"] != number })
	s.Ask(longest())
	next(t, late, "that it is gone", func(e told) bool { return e.kind == "state" && e.data["run"] == 0.0 && e.data["question"] != nil })
	if p := s.Poll(); p.Open || p.Round != vote.Round {
		t.Errorf("asked again, the poll is %+v", p)
	}
	second.end()
}

// What has been replaced does not come back, however late it is seen.
func TestARunThatIsReplacedStaysAway(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	f := begun(1)
	f.mu.Lock() // somebody looks, and it takes long
	s.Show(f, "first", "")
	s.Clear()
	f.mu.Unlock()
	<-f.glances
	second := begun(1)
	s.Show(second, "second", "")
	<-second.glances
	f.end()
	page := enter(t, s).follows()
	e := next(t, page, "a run", func(e told) bool { return e.kind == "run" })
	if e.data["title"] != "second" {
		t.Errorf("shown is %v", e.data)
	}
	second.end()
	next(t, page, "its end", func(e told) bool {
		if e.kind == "run" && e.data["title"] != "second" {
			t.Errorf("shown is %v", e.data)
		}
		return e.kind == "run" && e.data["done"] == true
	})
}

func TestATerminalIsToldNoRuns(t *testing.T) {
	t.Parallel()
	s := started(t, Options{})
	ada := joinedBy(t, s, "Ada")
	b := newBrowser(t, s)
	r := b.request(http.MethodGet, "/events", nil)
	ada.mu.Lock()
	r.Header.Set("Authorization", "Bearer "+ada.token)
	ada.mu.Unlock()
	response, err := b.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	f := begun(1)
	f.end()
	s.Show(f, "Tasks", "")
	cleared := false
	for e, err := range sse.Read(response.Body, nil) {
		if err != nil || e.Type == "run" {
			t.Fatalf("it is told %v, %v", e, err)
		}
		var st state
		switch {
		case e.Type != "state" || json.Unmarshal([]byte(e.Data), &st) != nil:
		case cleared && st.Run == 0:
			return
		case st.Run > 0 && !cleared:
			cleared = true
			s.Clear() // which is told after what belongs to the run
		}
	}
}

// However many lanes a run has, pages get little.
func TestARunOfManyLanesIsSmall(t *testing.T) {
	t.Parallel()
	f := begun(1000)
	f.end()
	data := picture(f.Glance(0), 1, "Coroutines", "", true)
	if len(data) > 20_000 {
		t.Errorf("it takes %d bytes", len(data))
	}
	var shown struct {
		View struct {
			Runs []struct {
				Lanes  []any
				Folded *struct{ Count int }
			}
		}
	}
	if err := json.Unmarshal(data, &shown); err != nil {
		t.Fatal(err)
	}
	run := shown.View.Runs[0]
	if run.Folded == nil || run.Folded.Count != 1000 || len(run.Lanes) == 0 {
		t.Errorf("of 1000 lanes there are %d, and %+v", len(run.Lanes), run.Folded)
	}
}
