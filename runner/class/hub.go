package class

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/tmaxmax/go-sse"
)

// Pages are told in groups, one after the other with a gap in between: else
// votes that come in would wait behind a thousand goroutines that all have
// something to send. All groups together take as long as nothing is published
// after something was, for votes come in hundreds at once.
const (
	groups = 16
	gap    = 2 * time.Millisecond
)

// beat is how often the state is published though nothing has changed, so that
// a page notices that its connection is dead.
const beat = 10 * time.Second

// A hub has what pages are told: only the newest.
type hub struct {
	mu      sync.Mutex
	now     news
	changed [groups]chan struct{} // closed when there is newer
}

// News are the events that are to be sent. They are made once for all.
type news struct {
	state, run event
	last       bool
}

// An event is written as it is.
type event struct {
	version int
	bytes   []byte
}

func newHub() *hub {
	h := new(hub)
	for i := range h.changed {
		h.changed[i] = make(chan struct{})
	}
	return h
}

// latest is the newest, and a channel that is closed when there is newer for a
// group.
func (h *hub) latest(group int) (news, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now, h.changed[group]
}

// set has the state sent, and the run if there is one that is newer, to who
// asks, or is woken.
func (h *hub) set(state []byte, run event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.now.last {
		h.now = news{state: event{h.now.state.version + 1, state}, run: run}
	}
}

// close has all connections ended, and if the class is over says so before.
func (h *hub) close(over bool) {
	h.mu.Lock()
	h.now.last = true
	if over {
		h.now.state = event{h.now.state.version + 1, encoded("ended", []byte("{}"))}
	}
	h.mu.Unlock()
	for group := range groups {
		h.wake(group)
	}
}

// wake wakes a group.
func (h *hub) wake(group int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.changed[group])
	h.changed[group] = make(chan struct{})
}

// encoded is an event of a kind as it is sent.
func encoded(kind string, data []byte) []byte {
	m := sse.Message{Type: sse.Type(kind)}
	m.AppendData(string(data))
	text, err := m.MarshalText()
	if err != nil {
		panic(err) // it writes to memory
	}
	return text
}

// publish publishes what is new until the class ends.
func (s *Server) publish() {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		state, run := s.room.state()
		data, err := json.Marshal(state)
		if err != nil {
			panic(err) // there is nothing in it that has no JSON
		}
		s.hub.set(encoded("state", data), run)
		for group := range groups {
			s.hub.wake(group)
			time.Sleep(gap)
		}
		select {
		case <-s.room.dirty:
		case <-ticker.C:
		case <-s.ctx.Done():
			return
		}
	}
}
