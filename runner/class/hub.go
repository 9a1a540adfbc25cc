package class

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/tmaxmax/go-sse"
)

// pause is how long nothing is published after something was: votes come in
// hundreds at once.
const pause = 30 * time.Millisecond

// beat is how often the state is published though nothing has changed, so that
// a page notices that its connection is dead.
const beat = 10 * time.Second

// A hub has what pages are told: only the newest.
type hub struct {
	mu      sync.Mutex
	now     news
	changed chan struct{} // closed when there is newer
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

func newHub() *hub { return &hub{changed: make(chan struct{})} }

// latest is the newest, and a channel that is closed when there is newer.
func (h *hub) latest() (news, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now, h.changed
}

// tell has the state sent, and the run if there is one that is newer.
func (h *hub) tell(state []byte, run event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.now.last {
		return
	}
	h.now = news{state: event{h.now.state.version + 1, state}, run: run}
	h.wake()
}

// close has all connections ended, and if the class is over says so before.
func (h *hub) close(over bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now.last = true
	if over {
		h.now.state = event{h.now.state.version + 1, encoded("ended", []byte("{}"))}
	}
	h.wake()
}

func (h *hub) wake() {
	close(h.changed)
	h.changed = make(chan struct{})
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
		s.hub.tell(encoded("state", data), run)
		select {
		case <-time.After(pause):
		case <-s.ctx.Done():
		}
		select {
		case <-s.room.dirty:
		case <-ticker.C:
		case <-s.ctx.Done():
			return
		}
	}
}
