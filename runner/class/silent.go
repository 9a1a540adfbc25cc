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

// silent bounds connections: how many there are, and how many of them are of
// nobody who has joined, or say nothing now. Of those the oldest is closed when
// there are more, also in the middle of what it says. So they keep out nobody.
type silent struct {
	most, all int

	mu   sync.Mutex
	open map[net.Conn]*list.Element // nil for one of somebody who has joined, and says something
	old  *list.List                 // the others, the oldest first
}

func newSilent(most, all int) *silent {
	return &silent{most: most, all: all, open: map[net.Conn]*list.Element{}, old: list.New()}
}

// otherFiles are so many files for the presenter's own runs.
const otherFiles = 200

// within are the bounds that also the files leave that may be open.
func within(most, all int) (int, int) {
	files, ok := openFiles()
	if !ok || files > uint64(all+otherFiles) {
		return most, all
	}
	all = max(int(files)-otherFiles, int(files)/2)
	return min(most, all/2), all
}

// state is told of what becomes of connections, see http.Server.
func (s *silent) state(c net.Conn, state http.ConnState) {
	for _, c := range s.note(c, state) {
		c.Close()
	}
}

// known says that a connection is of somebody who has joined. It is not closed
// before it says nothing any more.
func (s *silent) known(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.open[c]; at != nil {
		s.old.Remove(at)
		s.open[c] = nil
	}
}

// note returns those that are to be closed.
func (s *silent) note(c net.Conn, state http.ConnState) (surplus []net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateActive: // who it is of is known later
		return nil
	case http.StateNew, http.StateIdle:
		s.remove(c)
		s.open[c] = s.old.PushBack(c)
	default:
		s.remove(c)
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

// remove takes a connection from those that may be closed.
func (s *silent) remove(c net.Conn) {
	if at := s.open[c]; at != nil {
		s.old.Remove(at)
	}
}
