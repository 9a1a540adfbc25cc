package export

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

func paged(t testing.TB, d *Document) string {
	t.Helper()
	var b strings.Builder
	if err := d.HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAPageOpensAgain(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*Document{"recorded": recorded(t), "many lanes": Of(crowd(1000)), "failed": Of(tasks(t))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			again, err := Read("the page", strings.NewReader(paged(t, d)))
			if err != nil {
				t.Fatal(err)
			}
			var want, got bytes.Buffer
			if err := errors.Join(d.JSON(&want), again.JSON(&got)); err != nil {
				t.Fatal(err)
			}
			if want.String() != got.String() {
				t.Errorf("want\n%s\ngot\n%s", want.String(), got.String())
			}
		})
	}
}

// Browsers save a page with a beginning of their own, mail programs fold long
// lines.
func TestAPageThatWasSavedAgainOpens(t *testing.T) {
	t.Parallel()
	d := recorded(t)
	page := paged(t, d)
	i, j := strings.Index(page, `id="recording">`)+len(`id="recording">`), strings.LastIndex(page, "</script>\n<script>")
	folded := page[:i]
	for line := range slices.Chunk([]byte(page[i:j]), 70) {
		folded += string(line) + "\r\n"
	}
	folded += page[j:]
	for name, text := range map[string]string{
		"saved by a browser":     strings.Replace(page, "<!doctype html>", "<!DOCTYPE html>\n<!-- saved from url=(0014)about:internet -->\n", 1),
		"with a byte order mark": "\uFEFF\n" + page,
		"folded":                 folded,
	} {
		if again, err := Read(name, strings.NewReader(text)); err != nil {
			t.Error(err)
		} else if written(t, again) != written(t, d) {
			t.Errorf("%s: another recording", name)
		}
	}
}

// A page is for a friend: it asks for nothing, from nowhere.
func TestAPageNeedsNothingElse(t *testing.T) {
	t.Parallel()
	page := paged(t, recorded(t))
	for _, asks := range []string{`src=`, `@import`, `url(http`, `<link`, `<iframe`, `fetch(`, `XMLHttpRequest`} {
		if strings.Contains(page, asks) {
			t.Errorf("%s in the page", asks)
		}
	}
	for _, address := range regexp.MustCompile(`https?://[^"' ]*`).FindAllString(page, -1) {
		if address != "http://www.w3.org/2000/svg" { // a name
			t.Errorf("%s in the page", address)
		}
	}
	if !strings.Contains(page, "default-src 'none'") {
		t.Error("no policy")
	}
}

// largest is a run as large as one gets.
func largest() player.Snapshot {
	s := crowd(10_000)
	var spans []timeline.Span
	for i := range 60_000 {
		at := time.Duration(i) * 25 * time.Microsecond
		spans = append(spans, timeline.NewSpan(timeline.State(i%3), at, at+25*time.Microsecond, "reason", fmt.Sprintf("file.go:%d", i%100)))
	}
	s.Runs[0].Lanes[0] = timeline.NewLane("busy", spans...)
	for i := range 20_000 {
		s.Runs[0].Status.Output = append(s.Runs[0].Status.Output, player.Line{At: time.Duration(i) * time.Microsecond, Text: strings.Repeat("<", 500)})
	}
	s.Runs = append(s.Runs, s.Runs[0])
	return s
}

func TestAPageIsSmall(t *testing.T) {
	t.Parallel()
	page := paged(t, Of(largest()))
	if len(page) > 1_000_000 {
		t.Errorf("%d bytes", len(page))
	}
	for _, says := range []string{"10000 lanes", "19940 more lines"} {
		if !strings.Contains(page, says) && !strings.Contains(page, strings.Replace(says, "10000 lanes", `"count":10000`, 1)) {
			t.Errorf("it does not say %s", says)
		}
	}
	_, err := Read("it", strings.NewReader(page))
	if !errors.Is(err, errNoRecording) || !strings.Contains(err.Error(), "too large") {
		t.Errorf("error %v", err)
	}
}

func TestWhatRunsSayIsNoMarkup(t *testing.T) {
	t.Parallel()
	const evil = `</script></style><img src=x onerror=alert(1)>{{.}}`
	s := tasks(t)
	s.Runs[0].Job.Variant.Name, s.Runs[0].Status.Err = evil, evil
	s.Runs[0].Status.Output = append(s.Runs[0].Status.Output, player.Line{Text: evil})
	s.Runs[0].Lanes = append(s.Runs[0].Lanes, timeline.NewLane(evil, timeline.NewSpan(timeline.Waiting, 0, time.Second, evil, evil)))
	d := Of(s)
	d.object.GoVersion, d.object.Settings = evil, map[string]string{evil: evil}
	d.object.Runs[0].File, d.object.Runs[0].Code = evil, []jsonCode{{1, evil}}
	page := paged(t, d)
	tokens := html.NewTokenizer(strings.NewReader(page))
	for scripts := 0; ; {
		switch tokens.Next() {
		case html.ErrorToken:
			if scripts != 3 {
				t.Errorf("%d scripts", scripts)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			switch token.Data {
			case "img":
				t.Error("an image")
			case "script":
				scripts++
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s of %s", a.Key, token.Data)
				}
			}
		}
	}
}

func TestWhatIsNoPageIsSaid(t *testing.T) {
	t.Parallel()
	page := paged(t, recorded(t))
	i := strings.Index(page, `id="recording">`) + len(`id="recording">`)
	for name, tt := range map[string]struct{ text, want string }{
		"another page":      {"<!doctype html><title>x</title>", "another kind"},
		"cut before":        {page[:i-100], "breaks off"},
		"cut early":         {page[:1000], "breaks off"},
		"cut in it":         {page[:i+500], "breaks off"},
		"no recording":      {page[:i] + page[strings.LastIndex(page, "</script>\n<script>"):], "too large for a page"},
		"other characters":  {page[:i] + "!!!" + page[i:], "not whole"},
		"damaged":           {page[:i+200] + strings.Repeat("A", 40) + page[i+240:], ""},
		"a foreign picture": {`<?xml version="1.0"?><svg/>`, "it is a picture"},
		"a picture":         {drawn(t, recorded(t), false), "it is a picture"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := Read("it", strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// A few bytes may unpack to more than anybody has room for.
func TestABombIsRefused(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	page := paged(t, recorded(t))
	i, j := strings.Index(page, `id="recording">`)+len(`id="recording">`), strings.LastIndex(page, "</script>\n<script>")
	b.WriteString(page[:i] + bomb(t) + page[j:])
	if _, err := read(&b, 50<<20); !errors.Is(err, errTooLarge) {
		t.Errorf("error %v", err)
	}
}

// bomb is a recording that is long, packed.
func bomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	text := base64.NewEncoder(packing, &b)
	packed := gzip.NewWriter(text)
	spaces := bytes.Repeat([]byte(" "), 1<<20)
	for range 60 {
		if _, err := packed.Write(spaces); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(packed.Close(), text.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
