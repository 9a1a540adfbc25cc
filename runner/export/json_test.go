package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gosyncio/lessons"
	"gosyncio/runner/cpus"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// tasks are two runs of the lesson tasks that have ended: in Go, and in
// Python where it failed.
func tasks(t *testing.T) player.Snapshot {
	t.Helper()
	lesson, err := lessons.Find("tasks")
	if err != nil {
		t.Fatal(err)
	}
	part := func(language player.Language) player.Part {
		return player.Part{Variant: lessons.Variant{Name: "sequential"}, Language: language}
	}
	return player.Snapshot{
		Lesson: lesson, Values: lesson.Defaults(), Ended: true,
		Runs: []player.Recording{
			{
				Job: player.Job{Part: part(player.Go), Ideal: 3 * time.Second},
				Status: player.Status{
					Phase: player.Ended, Elapsed: 3001 * time.Millisecond, CPU: 4100, MaxRSS: 12_345_678,
					Procs: 2, Traced: true, Output: []player.Line{{At: 5, Text: "A <started>"}}, Dropped: 3,
				},
				Lanes: []timeline.Lane{
					timeline.NewLane("A", timeline.NewSpan(timeline.Running, 0, 10, "", ""), timeline.NewSpan(timeline.Waiting, 10, 20, "sleep", "tasks.go:19")),
					timeline.NewLane("B"),
				},
			},
			{
				Job:    player.Job{Part: part(player.Python)},
				Status: player.Status{Phase: player.Ended, Version: "3.11.7", ExitCode: 1, Err: "exit status 1"},
			},
		},
	}
}

// object is the JSON of tasks, with what is added at three places.
func object(root, settings, run string) string {
	return fmt.Sprintf(`{"format":1,"lesson":"tasks","go_version":%q,"python_version":"3.11.7"%s,"os":%q,"arch":%q,"cpus":%d,"settings":{"a":"2s","b":"1s"}%s,"runs":[`+
		`{"variant":"sequential","language":"go","elapsed_ns":3001000000,"ideal_ns":3000000000,"gomaxprocs":2,"cpu_ns":4100,"max_rss_bytes":12345678,"exit_code":0,"error":"","traced":true,`+
		`"output":[{"at_ns":5,"text":"A \u003cstarted\u003e"}],"output_dropped":3,"lanes":[{"name":"A","spans":[{"state":"running","reason":"","start_ns":0,"end_ns":10},`+
		`{"state":"waiting","reason":"sleep","where":"tasks.go:19","start_ns":10,"end_ns":20}]},{"name":"B","spans":[]}]%s},`+
		`{"variant":"sequential","language":"python","elapsed_ns":0,"ideal_ns":0,"gomaxprocs":0,"cpu_ns":0,"max_rss_bytes":0,"exit_code":1,"error":"exit status 1","traced":false,"output":[],"lanes":[]%[7]s}]}`+"\n",
		runtime.Version(), root, runtime.GOOS, runtime.GOARCH, cpus.Available(), settings, run)
}

// The JSON is a public interface: every byte of it.
func TestJSON(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := JSON(&b, tasks(t)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(object("", "", ""), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJSONRepeated(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	repeats := Repeats{Elapsed: []time.Duration{1, 3}, Min: 1, Median: 2, Max: 3, Spread: 1}
	if err := JSONRepeated(&b, tasks(t), 2, []Repeats{repeats, repeats}); err != nil {
		t.Fatal(err)
	}
	want := object("", `,"repeat":2`, `,"repeats":{"elapsed_ns":[1,3],"min_ns":1,"median_ns":2,"max_ns":3,"spread":1}`)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMissingPythonIsSaid(t *testing.T) {
	t.Parallel()
	s := tasks(t)
	s.Runs[1].Status.Missing = &fault.Error{What: "there is no python3", Next: "install it"}
	var b strings.Builder
	if err := JSON(&b, s); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Python string `json:"python_error"`
		Runs   []any
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Python != "there is no python3" || len(got.Runs) != 1 {
		t.Errorf("python_error %q, %d runs", got.Python, len(got.Runs))
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	if err := JSON(full{}, tasks(t)); err == nil {
		t.Error("no error")
	}
}

// What a run cost, and that the machine was busy, is told where it is so.
func TestJSONOfCostAndOfABusyMachine(t *testing.T) {
	t.Parallel()
	s := tasks(t)
	s.Runs[0].Status.Cost, s.Runs[0].Status.Busy = &player.Cost{CPU: 41, Memory: 1000}, true
	s.Runs[1].Status.Cost = &player.Cost{CPU: 42}
	var b strings.Builder
	if err := JSON(&b, s); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"max_rss_bytes":12345678,"cost":{"cpu_ns":41,"memory_bytes":1000},"exit_code":0,"error":"","traced":true,"busy":true,`,
		`"max_rss_bytes":0,"cost":{"cpu_ns":42},"exit_code":1,"error":"exit status 1","traced":false,"output"`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}
