package export

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gosyncio/runner/browsertest"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
	"gosyncio/runner/timeline"
)

// One browser is enough for all, one page after the other: what is behind another
// page may be drawn no more.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	b := browsertest.Start(t)
	for name, test := range map[string]func(*testing.T, *browsertest.Browser){
		"pointers look at a moment":      pointersLookAtAMoment,
		"keys do everything":             keysDoEverything,
		"playing":                        playing,
		"speeds":                         speeds,
		"times are said as on the stage": timesAreSaidAsOnTheStage,
		"a live run":                     aLiveRun,
		"twins stand side by side":       twinsStandSideBySide,
		"a page is seen":                 aPageIsSeen,
		"a moving picture moves":         aMovingPictureMoves,
	} {
		t.Run(name, func(t *testing.T) {
			test(t, b)
		})
	}
}

// opened shows a file of that name in a browser, as to somebody who was sent
// it. It may ask for nothing else.
func opened(t *testing.T, b *browsertest.Browser, name, text string, o browsertest.Options) *browsertest.Page {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	page := b.Open(t, address, o)
	t.Cleanup(func() {
		for _, asked := range page.Requests() {
			if asked != address {
				t.Errorf("it asks for %s", asked)
			}
		}
	})
	return page
}

// is wants that JavaScript expressions have these values.
func is(t *testing.T, page *browsertest.Page, want map[string]string) {
	t.Helper()
	for expression, want := range want {
		if got := page.Text(expression); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", expression, got, want)
		}
	}
}

// What a page shows of the run of that number.
const (
	shownTime  = `document.querySelector(".gs-time").textContent`
	readout    = `[...document.querySelectorAll(".gs-readout")[%d].children].map(li => li.textContent.trim()).join("; ")`
	marked     = `[...document.querySelectorAll('[data-run="%d"] .gs-here')].map(li => li.textContent.replace(/\s+/g, " ")).join("; ")`
	printed    = `[...document.querySelectorAll('[data-run="%d"] [data-at]')].filter(li => getComputedStyle(li).visibility === "visible").length`
	focused    = `(e => e === document.body ? "" : e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent)(document.activeElement)`
	focusFirst = `document.activeElement.blur()`
)

func of(expression string, run int) string { return fmt.Sprintf(expression, run) }

// place is where in the window the bars of a run have come to a share of the
// scale.
func place(t *testing.T, page *browsertest.Page, run int, share float64) (x, y float64) {
	t.Helper()
	text := page.Text(fmt.Sprintf(`(r => [r.left + r.width * %g, r.top + r.height / 2])(document.querySelectorAll(".gs-run")[%d].querySelector(".gs-bar").getBoundingClientRect())`, share, run))
	if _, err := fmt.Sscanf(text, "%g,%g", &x, &y); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return x, y
}

// A moment is looked at by mouse or finger, and nothing moves under them.
func pointersLookAtAMoment(t *testing.T, b *browsertest.Browser) {
	text := paged(t, recorded(t))
	for name, tt := range map[string]struct {
		options          browsertest.Options
		press, drag, end func(x, y float64) chromedp.Action[chromedp.Void]
	}{
		"mouse": {
			press: func(x, y float64) chromedp.Action[chromedp.Void] {
				return chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1))
			},
			drag: func(x, y float64) chromedp.Action[chromedp.Void] {
				return chromedp.MouseEvent(chromedp.MouseMoved, x, y, chromedp.ButtonLeft)
			},
			end: func(x, y float64) chromedp.Action[chromedp.Void] {
				return chromedp.MouseEvent(chromedp.MouseReleased, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1))
			},
		},
		"finger": {
			options: browsertest.Options{Width: 360, Height: 740, Touch: true},
			press:   touch(input.DispatchTouchEventTypeTouchStart),
			drag:    touch(input.DispatchTouchEventTypeTouchMove),
			end:     touch(input.DispatchTouchEventTypeTouchEnd),
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := opened(t, b, "tasks.html", text, tt.options)
			is(t, page, map[string]string{
				shownTime:      "",
				of(readout, 1): "A waiting 2.00 s, running 56 µs, ready 23 µs, syscall 11 µs; B waiting 1.00 s, running 58 µs, syscall 44 µs, ready 12 µs",
				of(printed, 1): "4",
				of(marked, 1):  "",
			})
			x, y := place(t, page, 1, 0.5)
			page.Do(tt.press(x, y))
			page.Wait(shownTime + ` === "at 1.50 s"`)
			if _, again := place(t, page, 1, 0.5); again != y {
				t.Errorf("the bars have moved from %g to %g", y, again)
			}
			is(t, page, map[string]string{
				of(readout, 1): "A waiting, sleep, tasks.go:21 time.Sleep(d); B not started yet",
				of(readout, 3): "A waiting, sleep, tasks.go:21 time.Sleep(d); B has ended",
				of(marked, 1):  "21 time.Sleep(d)",
				of(printed, 1): "1",
				of(printed, 3): "3",
			})
			page.Picture("moment-" + name)
			x, _ = place(t, page, 1, 0.8)
			page.Do(tt.drag(x, y))
			page.Wait(shownTime + ` === "at 2.40 s"`)
			is(t, page, map[string]string{
				of(readout, 1): "A has ended; B waiting, sleep, tasks.go:21 time.Sleep(d)",
				of(readout, 3): "A has ended; B has ended",
				of(marked, 3):  "",
				of(printed, 1): "3",
			})
			page.Do(tt.drag(x+5000, y))
			page.Wait(shownTime + ` === "at 3.00 s"`)
			page.Do(tt.end(x+5000, y))
		})
	}
}

// touch is a touch of that kind.
func touch(kind input.DispatchTouchEventType) func(x, y float64) chromedp.Action[chromedp.Void] {
	return func(x, y float64) chromedp.Action[chromedp.Void] {
		points := []*input.TouchPoint{{X: x, Y: y}}
		if kind == input.DispatchTouchEventTypeTouchEnd {
			points = []*input.TouchPoint{}
		}
		return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
			return err
		})
	}
}

// All can be done by keys alone, and who hears the page is told, once.
func keysDoEverything(t *testing.T, b *browsertest.Browser) {
	page := opened(t, b, "tasks.html", paged(t, recorded(t)), browsertest.Options{})
	var order []string
	for range 20 {
		page.Do(chromedp.KeyEvent(kb.Tab))
		on := page.Text(focused)
		if on == "" {
			break
		}
		order = append(order, on)
		if outline := page.Text(`getComputedStyle(document.activeElement).outlineStyle`); outline == "none" {
			t.Errorf("it is not seen that %s has the focus", on)
		}
	}
	want := "Play|Speed|To the change before|To the next change|Time to look at|" +
		"output-0|output-1|output-2|output-3|code-0|code-1|code-2|code-3|What happened, as a table"
	if got := strings.Join(order, "|"); got != want {
		t.Errorf("Tab goes to\n%s\nwant\n%s", got, want)
	}

	page.Text(`document.querySelectorAll(".code")[3].scrollIntoView({block: "center"})`)
	page.Wait(`scrollY > innerHeight`)
	is(t, page, map[string]string{`document.querySelector(".gs-controls").getBoundingClientRect().top`: "0"}) // beside the code as well

	slider := `document.querySelector(".gs-slider")`
	page.Text(slider + `.focus()`)
	is(t, page, map[string]string{slider + `.getAttribute("aria-valuetext")`: "all of it"})
	for _, step := range []struct{ key, at string }{
		{kb.ArrowLeft, "at 2.99 s"},
		{kb.PageDown, "at 2.69 s"},
		{kb.Home, "at 0 s"},
		{kb.ArrowRight, "at 15 ms"},
		{kb.PageUp, "at 315 ms"},
		{kb.End, "at 3.00 s"},
		{kb.Escape, ""},
	} {
		page.Do(chromedp.KeyEvent(step.key))
		page.Wait(shownTime + fmt.Sprintf(` === %q`, step.at))
	}

	page.Do(chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.ArrowRight))
	page.Wait(`document.querySelector("[role=status]").textContent.includes("sequential · Go: A waiting, B not started yet")`)

	// Changes that no slider can find.
	page.Do(chromedp.KeyEvent(kb.Home))
	page.Text(`document.querySelectorAll(".gs-change")[1].focus()`)
	for range 5 {
		page.Do(chromedp.KeyEvent(kb.Enter))
	}
	page.Wait(shownTime + ` === "at 0.000085 s"`)
	is(t, page, map[string]string{of(readout, 1): "A syscall, tasks.go:20 fmt.Println(name, \"started\"); B not started yet"})

	// Space plays, wherever one is.
	page.Text(focusFirst)
	page.Do(chromedp.KeyEvent(" "))
	page.Wait(`document.querySelector(".gs-play").textContent === "Pause"`)
	page.Wait(`document.querySelector(".gs-slider").value > 0`)
	page.Do(chromedp.KeyEvent(" "))
	page.Wait(`document.querySelector(".gs-play").textContent === "Play"`)

	page.Text(`document.querySelector("summary").focus()`)
	page.Do(chromedp.KeyEvent(kb.Enter))
	page.Wait(`document.getElementById("table").open`)
	page.Picture("table")
}

// What is played takes as long as was asked for, and stops at its end.
func playing(t *testing.T, b *browsertest.Browser) {
	text := paged(t, recorded(t))
	for _, calm := range []bool{false, true} {
		t.Run(fmt.Sprintf("less motion %v", calm), func(t *testing.T) {
			page := opened(t, b, "tasks.html", text, browsertest.Options{LessMotion: calm})
			page.Text(`(() => { const s = document.querySelector(".gs-speed"); s.value = "10"; window.began = performance.now(); document.querySelector(".gs-play").click() })()`)
			for _, output := range []string{"0", "1"} { // after 389 µs
				page.Wait(of(printed, 1) + " == " + output)
			}
			page.Wait(`document.querySelector(".gs-slider").value >= 10`)
			const there = 9.5 / 200 * 3003 // ms, for the slider goes in 200 steps
			if took, err := strconv.ParseFloat(page.Text(`performance.now() - began`), 64); err != nil || took < 10*there {
				t.Errorf("%g ms of the run were played in %g ms, %v", there, took, err)
			}
			page.Text(`document.querySelector(".gs-speed").value = "1"`)
			page.Wait(shownTime + ` === "" && document.querySelector(".gs-play").textContent === "Play"`)
			is(t, page, map[string]string{of(printed, 1): "4"})
		})
	}
}

// However short or long a run is, it can be played so that one can follow.
func speeds(t *testing.T, b *browsertest.Browser) {
	page := opened(t, b, "view.html", bare, browsertest.Options{})
	for scale, want := range map[time.Duration]string{
		3 * time.Second:        "as it ran, 2 times slower, 4 times slower, 10 times slower",
		400 * time.Microsecond: "as it ran, 2 times slower, 4 times slower, 10 times slower, 100 times slower, 1,000 times slower, 10,000 times slower, 100,000 times slower",
		5 * time.Minute:        "10 times faster, as it ran, 2 times slower, 4 times slower, 10 times slower",
	} {
		page.Text(`view.update(` + marshalled(t, View{ScaleNS: int64(scale), Ticks: []viewTick{}, Runs: []viewRun{}}) + `, {})`)
		is(t, page, map[string]string{
			`[...document.querySelector(".gs-speed").options].map(o => o.textContent).join(", ")`: want,
			`document.querySelector(".gs-speed").value`:                                           "1",
		})
	}
}

// bare is a page with a view and nothing else.
var bare = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>` + ViewCSS + `</style>
<div id="view"></div><ol id="output" data-run="0"></ol><script>` + ViewJS + `const view = gosyncio.view(document.getElementById("view"))</script>`

func marshalled(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func timesAreSaidAsOnTheStage(t *testing.T, b *browsertest.Browser) {
	page := opened(t, b, "view.html", bare, browsertest.Options{})
	for _, ns := range []time.Duration{0, 1, 400, 700, 52_100, 999_400, 999_900, 1_000_000, 1_549_000, 9_990_000, 10_000_000, 350_400_000, 994_900_000, 995_000_000, 3_001_000_000, 61 * time.Second} {
		is(t, page, map[string]string{fmt.Sprintf("gosyncio.seconds(%d)", ns): stage.Seconds(ns)})
	}
}

// A run that goes on is drawn again and again, and only what is new.
func aLiveRun(t *testing.T, b *browsertest.Browser) {
	page := opened(t, b, "view.html", bare, browsertest.Options{Width: 360, Height: 740, Touch: true})
	const evil = `<img src=x onerror=alert(1)>`
	v := View{Title: evil, Headline: evil, Notes: []string{evil}, ScaleNS: 3e9, Ticks: []viewTick{{3e9, evil}}, Runs: []viewRun{{
		Name: evil, Result: evil, AtNS: 1e9,
		Lanes: []viewLane{
			{Name: "A", Spans: []viewSpan{{State: "running", EndNS: 1e8}, {State: "waiting", Reason: evil, Where: evil, StartNS: 1e8, EndNS: 1e9}}},
			{Name: evil, Spans: []viewSpan{}},
		},
		Output: []jsonLine{{1e8, "A started"}},
	}}}
	update := func(live bool) {
		t.Helper()
		page.Text(fmt.Sprintf(`view.update(%s, {live: %v, outputs: [document.getElementById("output")]})`, marshalled(t, v), live))
	}
	update(true)
	page.Text(`document.querySelectorAll(".gs-span, #output li").forEach(e => e.old = true)`)
	run := &v.Runs[0]
	run.AtNS, run.Lanes[0].Spans[1].EndNS = 2e9, 2e9
	run.Lanes[0].Spans = append(run.Lanes[0].Spans, viewSpan{State: "running", StartNS: 2e9, EndNS: 2001e6})
	run.Output, run.Dropped = append(run.Output, jsonLine{2e9, evil}), 7
	update(true)
	is(t, page, map[string]string{
		`[...document.querySelectorAll(".gs-span")].map(e => [e.old, ...[e.offsetLeft, e.offsetWidth].map(n => Math.round(n / e.parentElement.clientWidth * 100))]).join(" ")`: "true,0,3 true,3,63 ,67,0",
		`[...document.querySelectorAll("#output li")].map(e => e.old).join()`:                                                                                                  "true,,", // and a line for those that are left out
		`document.querySelectorAll("img").length`:                           "0",
		`document.querySelector(".gs-controls").checkVisibility()`:          "false",
		`document.documentElement.scrollWidth`:                              "360",
		`document.querySelectorAll("#output li")[1].textContent.slice(-28)`: evil,
	})
	// Nobody can look at a moment before the end.
	x, y := place(t, page, 0, 0.5)
	page.Do(chromedp.TapXY(x, y))
	is(t, page, map[string]string{shownTime: ""})
	v.Ended, run.Ended = true, true
	update(false)
	is(t, page, map[string]string{`document.querySelector(".gs-controls").checkVisibility()`: "true"})
	x, y = place(t, page, 0, 0.5) // below the controls
	page.Do(chromedp.TapXY(x, y))
	page.Wait(shownTime + ` === "at 1.50 s"`)
	// Other runs begin anew.
	v.Runs = append(v.Runs, v.Runs[0])
	update(true)
	is(t, page, map[string]string{`document.querySelectorAll(".gs-run").length`: "2", shownTime: ""})
}

// The runs of a variant stand side by side, and all on one scale, also where
// one of them was made in one language only.
func twinsStandSideBySide(t *testing.T, b *browsertest.Browser) {
	d := recorded(t)
	d.object.Runs, d.lanes = d.object.Runs[1:], d.lanes[1:] // sequential only in Go
	page := opened(t, b, "tasks.html", paged(t, d), browsertest.Options{})
	for _, of := range []string{".gs-run", `section[data-run]:has(.output)`, `section[data-run]:has(.code)`} {
		is(t, page, map[string]string{
			`(rs => [rs[0].left < rs[2].left, rs[0].left === rs[1].left, rs[0].top < rs[1].top, rs[1].top === rs[2].top, new Set(rs.map(r => r.width)).size])` +
				"([...document.querySelectorAll(`" + of + "`)].map(e => e.getBoundingClientRect()))": "true,true,true,true,1",
		})
	}
}

// everyState is runs with each state in them, in lanes that are shown and in
// such that are folded.
func everyState() player.Snapshot {
	s := crowd(200)
	var spans []timeline.Span
	for i := range 10 {
		at := time.Duration(i) * 100 * time.Millisecond
		spans = append(spans, timeline.NewSpan(timeline.State(i%int(timeline.States)), at, at+100*time.Millisecond, "a reason", "sockets.go:12"))
	}
	few := s.Runs[0]
	few.Lanes = []timeline.Lane{timeline.NewLane("a lane with a long name", spans...), timeline.NewLane("B", spans[3:]...)}
	few.Count, few.Cut = 2, true
	few.Status.Err, few.Status.ExitCode = strings.Repeat("it failed ", 20)+strings.Repeat("unbroken", 50), 1
	few.Status.Output = []player.Line{{At: 1, Text: strings.Repeat("long", 100)}, {At: 2e9, Text: "last"}}
	s.Runs = append(s.Runs, few)
	return s
}

// A page fits the window, on paper also, and what is on it can be told from what
// is behind it: WCAG 2.2 AA.
func aPageIsSeen(t *testing.T, b *browsertest.Browser) {
	phone := browsertest.Options{Width: 360, Height: 740, Touch: true}
	for name, o := range map[string]browsertest.Options{
		"desktop":      {},
		"desktop-dark": {Dark: true},
		"phone":        phone,
		"phone-dark":   {Width: 360, Height: 740, Touch: true, Dark: true},
		"still":        {NoScript: true},
		"phone-still":  {Width: 360, Height: 740, NoScript: true},
		"paper":        {Width: 700, Height: 1000, Print: true, Dark: true},
	} {
		t.Run(name, func(t *testing.T) {
			for kind, d := range map[string]*Document{"tasks": recorded(t), "every state": Of(everyState())} {
				page := opened(t, b, "page.html", paged(t, d), o)
				if o.Width == 0 {
					o.Width = 1200
				}
				is(t, page, map[string]string{`document.documentElement.scrollWidth`: strconv.Itoa(o.Width)})
				if o.NoScript {
					is(t, page, map[string]string{`document.querySelector(".still svg").checkVisibility()`: "true"})
				} else {
					is(t, page, map[string]string{
						`document.querySelector(".still svg").checkVisibility()`:   "false",
						`document.querySelector(".gs-controls").checkVisibility()`: strconv.FormatBool(!o.Print),
					})
					page.Text(`document.getElementById("table").open = true`)
				}
				if bad := page.Text(contrasts); bad != "" {
					t.Errorf("%s: too little contrast:\n%s", kind, bad)
				}
				page.Picture(name + "-" + strings.ReplaceAll(kind, " ", "-"))
			}
		})
	}
}

// contrasts are the texts that have too little contrast to what is behind them,
// and the bars that have.
const contrasts = `(() => {
  const colour = (text) => {
    const c = new OffscreenCanvas(1, 1).getContext("2d");
    c.fillStyle = text;
    c.fillRect(0, 0, 1, 1);
    return [...c.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  const check = (what, a, b, least) => { if (contrast(a, b) < least) bad.add(what + ": " + contrast(a, b).toFixed(2)); };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = texts.nextNode();) {
    const e = n.parentElement;
    if (!n.textContent.trim() || !e.checkVisibility({visibilityProperty: true}) || e.closest("svg, script, style")) continue;
    check(e.tagName + "." + e.className, colour(getComputedStyle(e).color), behind(e), 4.5);
  }
  for (const e of document.querySelectorAll(".gs-span:not(.gs-ready, .gs-blocking)")) { // those have edges of their own
    check(e.className, colour(getComputedStyle(e).backgroundColor), behind(e.parentElement), 3);
  }
  return [...bad].join("\n");
})()`

// What moves does so in an image as well, unless less motion is wanted.
func aMovingPictureMoves(t *testing.T, b *browsertest.Browser) {
	picture := url.PathEscape(drawn(t, recorded(t), true))
	html := `<!doctype html><meta charset="utf-8"><img src="data:image/svg+xml,` + picture + `"><script>
const img = document.querySelector("img"), canvas = new OffscreenCanvas(960, 400).getContext("2d", {willReadFrequently: true});
// bars is how many points there are of the bars, in grey.
function bars() {
  canvas.clearRect(0, 0, 960, 400);
  canvas.drawImage(img, 0, 0);
  const data = canvas.getImageData(0, 80, 960, 200).data;
  let n = 0;
  for (let i = 0; i < data.length; i += 4) n += data[i] === 0x8c && data[i + 1] === 0x95 && data[i + 2] === 0x9f;
  return n;
}
</script>`
	path := filepath.Join(t.TempDir(), "image.html")
	if err := os.WriteFile(path, []byte(html), 0o666); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: path}).String()
	page := b.Open(t, address, browsertest.Options{})
	page.Wait(`img.complete && img.naturalWidth === 960`)
	page.Wait(`window.first = bars(), first > 0`)
	page.Wait(`bars() > first`)
}
