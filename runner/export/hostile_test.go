package export

import (
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	"gosyncio/lessons"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// shown shows a document in all ways there are, each within its bounds.
func shown(t *testing.T, d *Document) {
	t.Helper()
	for _, f := range Formats() {
		if err := f.Write(d, io.Discard); err != nil {
			t.Fatalf("%s: %v", f.ID, err)
		}
	}
	for _, frame := range frames(d.Snapshot()) {
		if i := strings.IndexFunc(frame, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Fatalf("%q in %q", frame[i:], frame)
		}
	}
}

func TestRecordingsThatCannotBeAreShownAllTheSame(t *testing.T) {
	t.Parallel()
	const most = "9223372036854775807"
	run := func(elapsed, spans string) string {
		return `{"lesson":"tasks","settings":{},"runs":[{"variant":"sequential","language":"go","traced":true,"elapsed_ns":` + elapsed +
			`,"ideal_ns":-` + most + `,"cpu_ns":` + most + `,"cost":{"cpu_ns":` + most + `,"memory_bytes":-1},"output":[{"at_ns":8640000000000000,"text":"x"}],"lanes":[{"name":"A","spans":[` + spans + `]}]}]}`
	}
	for name, text := range map[string]string{
		"ends never":    run("5", `{"state":"running","start_ns":0,"end_ns":`+most+`}`),
		"very long":     run("8640000000000000", `{"state":"waiting","start_ns":0,"end_ns":8640000000000000}`),
		"no time":       run("0", ``),
		"a moment":      run("1", `{"state":"ready","start_ns":0,"end_ns":0},{"state":"ready","start_ns":0,"end_ns":0}`),
		"after its end": run("1", `{"state":"ready","start_ns":5,"end_ns":3000000000}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown(t, reread(t, text))
		})
	}
}

// What calls itself a page is refused in a line, or there is a recording in it.
func FuzzReadPage(f *testing.F) {
	packed := func(recording string) string {
		var b strings.Builder
		text := base64.NewEncoder(packing, &b)
		zip := gzip.NewWriter(text)
		if _, err := io.WriteString(zip, recording); err != nil {
			f.Fatal(err)
		}
		if err := errors.Join(zip.Close(), text.Close()); err != nil {
			f.Fatal(err)
		}
		return b.String()
	}
	page := func(script string) string {
		return `<!doctype html><title>x</title><script type="application/json" id="recording">` + script + `</script><script>1</script>`
	}
	const recording = `{"lesson":"tasks","settings":{},"runs":[]}`
	whole := packed(recording)
	for _, text := range []string{
		page(whole), page(whole[:20]), page(whole[:40] + "AAAA" + whole[40:]), page(""), page("!"), page(recording), page(packed("")), page(packed("<svg>")), page(packed(page(whole))),
		"<", "<svg", "<?xml?>", "<!DOCTYPE html>", "\uFEFF <script id=recording>", "<script id=recording", "<script id=recording/>", "<a id=recording>", "<script id=x id=recording>" + whole,
	} {
		f.Add(text)
	}
	f.Add(paged(f, recorded(f)))
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Read("a page", strings.NewReader(text))
		if err != nil {
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Next == "" || strings.ContainsFunc(e.What+e.Next, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Fatalf("%#v", err)
			}
			return
		}
		shown(t, d)
	})
}

// A program that goes on is written down as it stands, and so it is opened.
func TestWhatGoesOnIsRecordedUpToThen(t *testing.T) {
	t.Parallel()
	began := time.Now()
	run := player.Recording{
		Status: player.Status{Phase: player.Going, Traced: true, Start: began.Add(-time.Second)},
		Lanes:  []timeline.Lane{timeline.NewLane("main", timeline.NewSpan(timeline.Running, 0, 10, "", ""), timeline.NewSpan(timeline.Waiting, 10, timeline.Open, "sleep", "main.go:3"))},
	}
	run.Job.Variant.Name = "main.go"
	s := player.Snapshot{Lesson: lessons.Lesson{ID: player.OwnProgram}, Runs: []player.Recording{run}}
	d := reread(t, written(t, Of(s)))
	recorded := d.Snapshot().Runs[0]
	status, lane := recorded.Status, recorded.Lanes[0]
	if status.Elapsed < time.Second || status.Elapsed > time.Since(began)+time.Second || status.Err != "recorded while it went on" {
		t.Errorf("%v, %q", status.Elapsed, status.Err)
	}
	if end := lane.Span(1).End; end != status.Elapsed {
		t.Errorf("the lane ends at %v, the run at %v", end, status.Elapsed)
	}
	if _, going := asObject(t, d)["runs"].([]any)[0].(map[string]any)["going"]; !going {
		t.Error("it is not written that it went on")
	}
}

// Earlier versions wrote of what went on that it never ends.
func TestWhatNeverEndedEndsWithTheRecording(t *testing.T) {
	t.Parallel()
	d := reread(t, `{"lesson":"watch","settings":{},"runs":[{"variant":"main.go","language":"go","traced":true,"elapsed_ns":0,"output":[{"at_ns":70,"text":"x"}],"lanes":[`+
		`{"name":"main","spans":[{"state":"running","start_ns":0,"end_ns":50},{"state":"waiting","start_ns":50,"end_ns":9223372036854775807}]},`+
		`{"name":"other","spans":[{"state":"waiting","start_ns":90,"end_ns":9223372036854775807}]}]}]}`)
	run := d.Snapshot().Runs[0]
	if a, b := run.Lanes[0].Span(1).End, run.Lanes[1].Span(0).End; run.Status.Elapsed != 90 || a != 90 || b != 90 || run.Status.Err == "" {
		t.Errorf("%v, %v, %v, %q", run.Status.Elapsed, a, b, run.Status.Err)
	}
}
