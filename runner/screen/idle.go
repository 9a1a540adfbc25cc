package screen

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Bubble Tea looks sixty times a second whether there is a new frame, for as
// long as a program runs, which costs a page that nobody touches about one
// percent of a CPU. Until it does so only while there is something to draw
// (charmbracelet/bubbletea#1796), the idler slows its ticker down when there
// has been no message for a while, and brings it back to speed with the next
// message. If a later version has no such ticker, nothing is slowed down.
const (
	activePeriod = time.Second / 60
	idlePeriod   = time.Second // not never: a frame that was late must still come
	idleAfter    = 300 * time.Millisecond
)

// An idler slows down the ticker of one program.
type idler struct {
	mu     sync.Mutex
	ticker *time.Ticker // nil is not known, or not there
	slow   bool
	quiet  *time.Timer // fires when there has been no message for idleAfter
}

func newIdler() *idler {
	i := &idler{}
	i.quiet = time.AfterFunc(idleAfter, i.slowDown)
	return i
}

// awake is called with each message to p, from its own goroutine.
func (i *idler) awake(p *tea.Program) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.ticker == nil {
		i.ticker = rendererTicker(p)
	}
	if i.slow && i.ticker != nil {
		i.ticker.Reset(activePeriod)
	}
	i.slow = false
	i.quiet.Reset(idleAfter)
}

func (i *idler) slowDown() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.ticker != nil && !i.slow {
		i.ticker.Reset(idlePeriod)
		i.slow = true
	}
}

// stop ends it. The program's end stops the ticker.
func (i *idler) stop() {
	i.quiet.Stop()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.ticker = nil
}

// rendererTicker is the ticker by which p draws; nil if it has none.
func rendererTicker(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return *(**time.Ticker)(field.Addr().UnsafePointer())
}
