package class

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// A learner has a connection to listen, and one to vote, which then says
// nothing for a while. That is as many again as there may be learners.
const (
	maxSilent      = maxLearners * 3 / 2
	maxConnections = maxLearners * 4
)

// silent bounds connections: how many there are, and how many of them say
// nothing now, of which the oldest is closed when there are more. So those that
// say nothing keep out nobody.
type silent struct {
	most, all int

	mu   sync.Mutex
	open map[net.Conn]*list.Element // nil for one that has said something
	old  *list.List                 // those that have not, the oldest first
}

func newSilent(most, all int) *silent {
	return &silent{most: most, all: all, open: map[net.Conn]*list.Element{}, old: list.New()}
}

// state is told of what becomes of connections, see http.Server.
func (s *silent) state(c net.Conn, state http.ConnState) {
	for _, c := range s.note(c, state) {
		c.Close()
	}
}

// note returns those that are to be closed.
func (s *silent) note(c net.Conn, state http.ConnState) (surplus []net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.open[c]; at != nil {
		s.old.Remove(at)
	}
	switch state {
	case http.StateActive:
		s.open[c] = nil
	case http.StateNew, http.StateIdle:
		s.open[c] = s.old.PushBack(c)
	default:
		delete(s.open, c)
	}
	if s.old.Len() > s.most {
		surplus = append(surplus, s.old.Front().Value.(net.Conn))
	}
	if state == http.StateNew && len(s.open) > s.all {
		surplus = append(surplus, c)
	}
	return surplus
}
