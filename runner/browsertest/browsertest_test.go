package browsertest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve serves a page.
func serve(t *testing.T, page string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(page))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestPages(t *testing.T) {
	t.Parallel()
	browser := Start(t)
	url := serve(t, `<!doctype html><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><button onclick="this.textContent = 'pressed'">press</button>
<script>document.cookie = 'a=' + (document.cookie ? 'again' : 'first')</script>`)
	for _, o := range []Options{{}, {Width: 360, Height: 640, Touch: true, Dark: true, LessMotion: true}, {Print: true}} {
		p := browser.Open(t, url, o)
		p.Do(chromedp.Click(chromedp.CSS("button")))
		p.Wait("document.querySelector('button').textContent === 'pressed'")
		if got := p.Text("document.cookie"); got != "a=first" {
			t.Errorf("cookies %q: pages share them", got)
		}
		for expression, want := range map[string]bool{
			"matchMedia('(prefers-color-scheme: dark)').matches":       o.Dark,
			"matchMedia('(prefers-reduced-motion: reduce)').matches":   o.LessMotion,
			"matchMedia('print').matches":                              o.Print,
			"innerWidth == 360":                                        o.Width == 360,
			"navigator.maxTouchPoints > 0 && 'ontouchstart' in window": o.Touch,
		} {
			if got := p.Text(expression) == "true"; got != want {
				t.Errorf("%+v: %s is %v", o, expression, got)
			}
		}
		if got := p.Requests(); len(got) == 0 || !strings.HasPrefix(got[0], url) {
			t.Errorf("it asked for %q", got)
		}
	}
	if got := browser.Open(t, url, Options{NoScript: true}).Text("document.cookie"); got != "" {
		t.Errorf("a script has run: %q", got)
	}
}

// A complaint of the console fails a test unless it is allowed.
func TestTheConsoleIsHeard(t *testing.T) {
	t.Parallel()
	heard := &recorder{TB: t}
	p := Start(t).Open(heard, serve(t, `<!doctype html><link rel="icon" href="data:,"><script>console.warn('allowed'); console.log('no matter'); undefinedFunction()</script>`), Options{Complains: []string{"allowed"}})
	p.Text("1")
	heard.end()
	if len(heard.errors) != 1 || !strings.Contains(heard.errors[0], "undefinedFunction") {
		t.Errorf("failed with %q", heard.errors)
	}
}
