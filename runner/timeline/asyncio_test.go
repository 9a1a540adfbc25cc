package timeline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// lanesOf builds a timeline from events, one a line, and writes down each
// lane with its spans.
func lanesOf(t *testing.T, events string) (lanes []string) {
	t.Helper()
	var timeline Timeline
	b := timeline.Asyncio()
	for line := range strings.Lines(events) {
		var e AsyncioEvent
		if _, err := fmt.Sscan(line, &e.At, &e.Task, &e.Event); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if words := strings.Fields(line); len(words) > 3 {
			e.Name, e.Reason = words[3], words[3]
		}
		if e.Event == "wait" {
			e.Name = ""
		}
		if err := b.Add(e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	timeline.Finish(100)
	for _, lane := range timeline.Snapshot() {
		text := lane.Name
		for s := range lane.Spans() {
			text += fmt.Sprintf(" %v %d-%d", s.State, s.Start, s.End)
		}
		lanes = append(lanes, text)
	}
	return lanes
}

func TestAsyncioEventsBecomeLanes(t *testing.T) {
	tests := []struct {
		name, events string
		want         []string
	}{
		{"a task that begins in its lane", "0 1 ready A\n1 1 run\n2 1 enter A\n3 1 wait sleep\n8 1 ready\n9 1 run\n10 1 leave\n10 1 end",
			[]string{"A ready 0-1 running 1-3 waiting 3-8 ready 8-9 running 9-10"}},
		{"one task, two lanes", "0 1 ready\n0 1 run\n1 1 enter A\n2 1 wait sleep\n5 1 run\n6 1 leave\n7 1 enter B\n8 1 wait sleep\n9 1 run\n10 1 leave\n11 1 end",
			[]string{"A running 1-2 waiting 2-5 running 5-6", "B running 7-8 waiting 8-9 running 9-10"}},
		{"a lane within a lane", "0 1 run\n0 1 enter A\n2 1 enter B\n4 1 leave\n6 1 leave\n7 1 end",
			[]string{"A running 0-2 running 4-6", "B running 2-4"}},
		{"of one name within itself", "0 1 run\n0 1 enter A\n2 1 enter A\n4 1 leave\n6 1 leave\n7 1 end",
			[]string{"A running 0-6"}},
		{"two tasks of one name", "0 1 ready A\n0 2 ready A\n1 1 run\n2 1 end\n3 2 run\n4 2 end",
			[]string{"A ready 0-1 running 1-2", "A ready 0-3 running 3-4"}},
		{"ready is known afterwards", "0 1 run\n0 1 enter A\n1 1 wait sleep\n5 1 ready\n9 1 ready\n10 1 run\n11 1 leave",
			[]string{"A running 0-1 waiting 1-5 ready 5-10 running 10-11"}},
		{"a step that blocks", "0 1 run\n0 1 enter A\n20 1 block\n40 1 block\n90 1 wait sleep\n92 1 block\n95 1 run\n96 1 end",
			[]string{"A blocking 0-90 waiting 90-95 running 95-96"}},
		{"a task without a lane", "0 1 ready\n1 1 run\n2 1 wait sleep\n3 1 end", nil},
		{"what is open ends with the run", "0 1 ready A\n50 1 run", []string{"A ready 0-50 running 50-100"}},
		{"a time that does not fit", "10 1 ready A\n5 1 run\n-5 1 wait sleep\n20 1 end", []string{"A waiting 10-20"}},
		{"leaving what was not entered", "0 1 leave\n1 1 leave\n2 1 run", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lanesOf(t, tt.events)); diff != "" {
				t.Errorf("lanes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnUnknownAsyncioEventIsAnError(t *testing.T) {
	var timeline Timeline
	if err := timeline.Asyncio().Add(AsyncioEvent{Event: "dance"}); err == nil {
		t.Error("no error")
	}
}

// scripted builds a timeline of a script from events, as JSON.
func scripted(t *testing.T, events ...string) (*Timeline, *AsyncioBuilder) {
	t.Helper()
	var timeline Timeline
	b := timeline.AsyncioScript()
	for _, event := range events {
		var e AsyncioEvent
		if err := json.Unmarshal([]byte(event), &e); err != nil {
			t.Fatalf("%s: %v", event, err)
		}
		if err := b.Add(e); err != nil {
			t.Fatalf("%s: %v", event, err)
		}
	}
	return &timeline, b
}

func TestLanesOfAScriptHaveOrigins(t *testing.T) {
	timeline, _ := scripted(t,
		`{"at":1,"event":"ready","task":1,"name":"main","where":"it.py:9"}`,
		`{"at":2,"event":"run","task":1}`,
		`{"at":3,"event":"ready","task":2,"name":"worker","by":1,"where":"it.py:5"}`,
		`{"at":4,"event":"ready","task":3,"name":"first","function":"worker","by":1,"where":"it.py:6"}`,
		`{"at":4,"event":"ready","task":4,"name":"worker","by":1,"where":"it.py:7"}`,
		`{"at":4,"event":"ready","task":5,"name":"sleep","by":1,"where":"it.py:8","library":true}`,
		`{"at":4,"event":"ready","task":6,"name":"sleep","by":1,"library":true}`,
		`{"at":5,"event":"wait","task":1,"reason":"task"}`,
		`{"at":6,"event":"name","task":2,"name":"first"}`,
		`{"at":6,"event":"run","task":2}`,
		`{"at":7,"event":"ready","task":1,"by":2}`,
		`{"at":7,"event":"ready","task":1,"by":3}`,
		`{"at":8,"event":"wait","task":2,"reason":"sleep"}`,
		`{"at":9,"event":"ready","task":2}`,
	)
	want := []Lane{
		{Name: "main", WokenBy: 2, WokenAt: 7, Origin: &Origin{ID: 1, Number: 1, Function: "main", Started: "it.py:9", At: 1}},
		{Name: "first", WokenAt: 9, Origin: &Origin{ID: 2, Number: 2, Function: "worker", Parent: 1, By: "main", Started: "it.py:5", At: 3}},
		{Name: "first", Origin: &Origin{ID: 3, Number: 1, Function: "worker", Parent: 1, By: "main", Started: "it.py:6", At: 4}},
		{Name: "worker", Origin: &Origin{ID: 4, Number: 2, Function: "worker", Parent: 1, By: "main", Started: "it.py:7", At: 4}},
		{Name: "sleep", Origin: &Origin{ID: 5, Number: 1, Function: "sleep", Parent: 1, By: "main", Started: "it.py:8", At: 4}},
		{Name: "sleep", Origin: &Origin{ID: 6, Number: 2, Function: "sleep", Library: true, Parent: 1, By: "main", At: 4}}, // the library made it
	}
	if diff := cmp.Diff(want, timeline.Snapshot(), cmpopts.IgnoreUnexported(Lane{})); diff != "" {
		t.Errorf("lanes (-want +got):\n%s", diff)
	}
}

func TestLanesOfALessonHaveNoOrigins(t *testing.T) {
	var timeline Timeline
	timeline.Asyncio().Add(AsyncioEvent{Event: "ready", Task: 1, Name: "A", By: 2, Where: "it.py:1"})
	if lane := timeline.Snapshot()[0]; lane.Origin != nil || lane.WokenAt != 0 {
		t.Errorf("%+v", lane)
	}
}

// A step that goes on for long is told of twice: it is one.
func TestSlowSteps(t *testing.T) {
	_, b := scripted(t,
		`{"at":100,"event":"ready","task":1,"name":"A"}`,
		`{"at":100,"event":"run","task":1}`,
		`{"at":300,"event":"slow","task":1,"where":"it.py:3","took":200}`,
		`{"at":500,"event":"slow","task":1,"where":"it.py:3","took":400}`,
		`{"at":500,"event":"ready","task":1}`,
		`{"at":600,"event":"run","task":1}`,
		`{"at":800,"event":"slow","task":1,"took":200}`,
		`{"at":800,"event":"end","task":1}`,
	)
	want := []Slow{{Task: "A", Where: "it.py:3", At: 100, Took: 400}, {Task: "A", At: 600, Took: 200}}
	if diff := cmp.Diff(want, b.Slow()); diff != "" {
		t.Errorf("slow (-want +got):\n%s", diff)
	}
}

func TestSlowStepsAreBounded(t *testing.T) {
	var timeline Timeline
	b := timeline.AsyncioScript()
	for i := range 2 * mostSlow {
		b.Add(AsyncioEvent{Event: "run", Task: 1, Name: "A", At: time.Duration(i)})
		b.Add(AsyncioEvent{Event: "slow", Task: 1, At: time.Duration(i)})
	}
	if n := len(b.Slow()); n != mostSlow {
		t.Errorf("%d are kept", n)
	}
}

// Whatever comes, spans are in order and do not overlap.
func FuzzAsyncioEvents(f *testing.F) {
	f.Add([]byte(`[{"at":1,"event":"ready","task":1,"name":"A"},{"at":2,"event":"run","task":1},{"at":0,"event":"enter","task":1,"name":"B"}]`))
	f.Add([]byte(`[{"at":9,"event":"wait","task":1,"name":"A"},{"at":2,"event":"leave","task":1},{"at":1,"event":"end","task":1},{"at":0,"event":"ready","task":1,"name":"A"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var events []AsyncioEvent
		if json.Unmarshal(data, &events) != nil {
			return
		}
		var timeline Timeline
		b := timeline.AsyncioScript()
		for _, e := range events {
			b.Add(e)
		}
		b.Slow()
		timeline.Finish(time.Hour)
		for _, lane := range timeline.Snapshot() {
			var last time.Duration
			for s := range lane.Spans() {
				if s.Start < last || s.End < s.Start {
					t.Fatalf("%s: span from %v to %v after %v", lane.Name, s.Start, s.End, last)
				}
				last = s.End
			}
		}
	})
}
