package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"gosyncio/runner/golden"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// recorded is the recording of lesson tasks, in both languages, that was made
// once.
func recorded(t testing.TB) *Document {
	t.Helper()
	d, err := ReadFile("testdata/tasks.json")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func drawn(t *testing.T, d *Document, moves bool) string {
	t.Helper()
	var b strings.Builder
	if err := d.SVG(&b, moves); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPictures(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		d     *Document
		moves bool
	}{
		"tasks.svg":          {d: recorded(t)},
		"tasks.animated.svg": {recorded(t), true},
		"many.svg":           {d: Of(crowd(1000))},
		"failed.svg":         {d: Of(machineless(tasks(t)))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			picture := drawn(t, tt.d, tt.moves)
			golden.File(t, name, picture)
			wellFormed(t, picture)
		})
	}
}

// machineless is a comparison as it would be on any machine.
func machineless(s player.Snapshot) player.Snapshot {
	s.Values.CPUs = 2
	return s
}

// wellFormed checks that a text is XML.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("no XML: %v", err)
		}
	}
}

// What the README shows is what the program draws.
func TestThePictureOfTheREADME(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	const picture = "runner/export/testdata/tasks.animated.svg" // see TestPictures
	if !bytes.Contains(readme, []byte(`src="`+picture+`"`)) {
		t.Errorf("the README does not show %s", picture)
	}
}

func TestNamesInPicturesAreText(t *testing.T) {
	t.Parallel()
	s := tasks(t)
	s.Runs[0].Job.Variant.Name = `<script>alert("&")</script>`
	s.Runs[0].Status.Err = `</text><a href="x">`
	s.Runs[0].Lanes = append(s.Runs[0].Lanes, timeline.NewLane(`"><script>`, timeline.NewSpan(timeline.Waiting, 0, time.Second, "</title>", "<b>")))
	for _, moves := range []bool{false, true} {
		picture := drawn(t, Of(s), moves)
		wellFormed(t, picture)
		for _, tag := range []string{"<script", "<a ", "<b>"} {
			if strings.Contains(picture, tag) {
				t.Errorf("%s in\n%s", tag, picture)
			}
		}
	}
}

// However much a run did, its picture stays small, and shows that there was
// something everywhere.
func TestAPictureIsSmall(t *testing.T) {
	t.Parallel()
	var spans []timeline.Span
	for at := time.Duration(0); at < 100_000*time.Microsecond; at += time.Microsecond {
		spans = append(spans, timeline.NewSpan(timeline.State(at/time.Microsecond%2), at, at+time.Microsecond, "", "x.go:1"))
	}
	s := crowd(1)
	s.Runs[0].Status.Elapsed = 100_000 * time.Microsecond
	s.Runs[0].Lanes = []timeline.Lane{timeline.NewLane("busy", spans...)}
	s.Runs[0].Count = 1
	d := Of(s)
	if picture := drawn(t, d, false); len(picture) > 400_000 {
		t.Errorf("%d bytes", len(picture))
	}
	v := d.View()
	var until int64
	for _, span := range v.Runs[0].Lanes[0].Spans {
		if span.StartNS != until {
			t.Fatalf("a gap from %d to %d", until, span.StartNS)
		}
		until = span.EndNS
	}
	if until != s.Runs[0].Status.Elapsed.Nanoseconds() {
		t.Errorf("it ends at %d", until)
	}
}

func TestHowFastAPictureMoves(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		scale, want time.Duration
		speed       string
	}{
		{3 * time.Second, 3 * time.Second, ""},
		{2 * time.Second, 2 * time.Second, ""},
		{12 * time.Second, 12 * time.Second, ""},
		{time.Second, 2 * time.Second, "shown 2 times slower than it ran"},
		{5 * time.Millisecond, 2500 * time.Millisecond, "shown 500 times slower than it ran"},
		{time.Minute, 12 * time.Second, "shown 5 times faster than it ran"},
		{time.Hour, 7200 * time.Millisecond, "shown 500 times faster than it ran"},
		{time.Nanosecond, 2 * time.Second, "not shown at the speed at which it ran"},
	} {
		if got, speed := (View{ScaleNS: tt.scale.Nanoseconds()}).playing(); got != tt.want || speed != tt.speed {
			t.Errorf("%v plays for %v, %q; want %v, %q", tt.scale, got, speed, tt.want, tt.speed)
		}
	}
}
