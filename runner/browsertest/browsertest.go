// Package browsertest shows pages in a real browser without a screen. Only
// tests import it. Where no browser is installed they are skipped, but not in
// CI, where one has to be. With -short they are skipped everywhere.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long something may take before a test fails: far more than it
// does.
const patience = 2 * time.Minute

// A Browser is a Chromium that runs until the end of a test.
type Browser struct {
	ctx context.Context
}

// Start starts a browser for a test. It takes a second and some 200 MB: one
// for several pages is better than several.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find()
	switch {
	case testing.Short():
		t.Skip("a browser takes its time")
	case path == "" && os.Getenv("CI") != "":
		t.Fatal("there is no Chromium, which CI has to install")
	case path == "":
		t.Skip("there is no Chromium here")
	}
	folder, err := os.MkdirTemp("", "gosyncio-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, // a container has neither
		chromedp.UserDataDir(folder), chromedp.Env("TMPDIR="+folder),
		chromedp.WSURLReadTimeout(patience),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		closeBrowser()
		cancel()
		chromedp.FromContext(ctx).Allocator.Wait()
		clear(folder)
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return &Browser{ctx}
}

// clear removes a browser's files. What it has started may go on writing there
// for a moment, and is not waited for long.
func clear(folder string) {
	for range 100 {
		if os.RemoveAll(folder) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// find is the browser's path; "" if there is none.
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "chrome-headless-shell", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Options say on what a page is shown. The zero value is a window of 1200 by
// 800 in light colours, with a mouse.
type Options struct {
	Width, Height int
	Touch         bool
	Dark          bool
	LessMotion    bool
	Print         bool // as on paper
	NoScript      bool
	// Complains are parts of what the console may say as warnings and errors,
	// without failing the test.
	Complains []string
}

// A Page is a tab of its own: it shares neither cookies nor anything else with
// others.
type Page struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
}

// Open shows an address, and waits until it is loaded. What the console then
// says as a warning or an error fails the test.
func (b *Browser) Open(t testing.TB, url string, o Options) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	if o.Width == 0 {
		o.Width, o.Height = 1200, 800
	}
	var viewport []chromedp.EmulateViewportOption
	if o.Touch {
		viewport = append(viewport, chromedp.EmulateTouch, chromedp.EmulateMobile)
	}
	p.Do(chromedp.EmulateViewport(int64(o.Width), int64(o.Height), viewport...))
	p.listen(o.Complains)
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: choose(o.Dark, "dark", "light")},
		{Name: "prefers-reduced-motion", Value: choose(o.LessMotion, "reduce", "no-preference")},
	}}
	if o.Print {
		media.Media = "print"
	}
	p.must(chromedp.Call(ctx, emulation.SetEmulatedMedia, media))
	p.must(chromedp.Call(ctx, network.Enable, network.EnableParams{}))
	if o.NoScript {
		p.must(chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	}
	p.Do(chromedp.Navigate(url))
	return p
}

func choose(ok bool, yes, no string) string {
	if ok {
		return yes
	}
	return no
}

// listen keeps what the page asks for, and fails the test for what it complains
// about.
func (p *Page) listen(allowed []string) {
	const last = "the test is over"
	complain := func(text string) {
		if !slices.ContainsFunc(allowed, func(part string) bool { return strings.Contains(text, part) }) {
			p.t.Errorf("the console says: %s", text)
		}
	}
	err := chromedp.Listen(p.ctx, func(event any) {
		if event, ok := event.(*network.EventRequestWillBeSent); ok {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.requests = append(p.requests, event.Request.URL)
		}
	})
	if err != nil {
		p.t.Fatal(err)
	}
	messages := chromedp.Console(p.ctx)
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		for message, err := range messages {
			if err != nil {
				return // the page is closed
			}
			switch message.Type {
			case chromedp.ConsoleDebug:
				if message.Text == last {
					return
				}
			case chromedp.ConsoleWarning, chromedp.ConsoleError, chromedp.ConsoleException:
				complain(message.Text)
			}
		}
	}()
	p.t.Cleanup(func() {
		if _, err := chromedp.Run(p.within(), chromedp.Evaluate[any]("console.debug('"+last+"')")); err == nil {
			<-heard // what was said before it has been
		}
		_ = chromedp.Cancel(p.ctx)
		<-heard
	})
}

// Do does something on the page, such as chromedp.Click.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.within(), steps...); err != nil {
		p.t.Fatal(err)
	}
}

// within is a context that ends when patience does. The first call of all
// must not have one: chromedp would close the page with it.
func (p *Page) within() context.Context {
	if c := chromedp.FromContext(p.ctx); c == nil || c.Target == nil {
		return p.ctx
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	p.t.Cleanup(cancel)
	return ctx
}

func (p *Page) must(_ any, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// Text is the value of a JavaScript expression, as text.
func (p *Page) Text(expression string) string {
	p.t.Helper()
	text, err := chromedp.Run(p.within(), chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// Wait waits until a JavaScript expression is true.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); p.Text("Boolean("+expression+")") != "true"; {
		if time.Now().After(deadline) {
			p.t.Fatalf("it never was so that %s; the page says:\n%s", expression, p.Text("document.body.innerText"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Requests are the addresses that the page has asked for so far.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Offline cuts the page off from the network, or connects it again. What is
// open already stays so: see the network's own means for that.
func (p *Page) Offline(offline bool) {
	p.t.Helper()
	p.must(chromedp.Call(p.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}))
}

// Picture keeps a picture of the whole page under that name in the folder that
// GOSYNCIO_PICTURES names, for somebody to look at. Without one it does nothing.
func (p *Page) Picture(name string) {
	p.t.Helper()
	folder := os.Getenv("GOSYNCIO_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(p.within(), chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), png, 0o666)
	}
	if err != nil {
		p.t.Error(err)
	}
}
