package class

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"time"

	"gosyncio/runner/export"
	"gosyncio/runner/player"
	"gosyncio/runner/stage"
)

// A Comparison is a set of runs to show. A *player.Comparison is one, and every
// stage.Comparison. Its Changed is left to who shows it to the presenter.
type Comparison interface {
	Glance(most int) player.Snapshot
	Done() <-chan struct{}
}

const (
	// frame is how often runs are looked at while they go on, and flow how much
	// that may come to for all learners together, in bytes a second: a picture
	// of a busy run is large, and the network of a room is small.
	frame = 250 * time.Millisecond
	flow  = 8_000_000
)

// A run is what pages are shown of runs.
type run struct {
	number int
	event  event
}

// shown is that something is being followed.
type shown struct {
	mu     sync.Mutex
	number int
	cancel context.CancelFunc // nil if nothing is
}

// stop follows nothing any more.
func (s *shown) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end()
}

func (s *shown) end() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}

// begin is the number of what is followed from now on, until ctx ends.
func (s *shown) begin(ctx context.Context) (context.Context, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end()
	ctx, s.cancel = context.WithCancel(ctx)
	s.number++
	return ctx, s.number
}

// Show shows runs on all pages as they go on, until something else is shown or
// asked; what they came to stays there. It closes the vote, which they answer.
func (s *Server) Show(c Comparison, title, caption string) {
	ctx, number := s.shown.begin(s.ctx)
	s.room.closeVote()
	s.working.Go(func() { s.follow(ctx, number, c, title, caption) })
}

// follow looks at runs now and then, and once more when they are done.
func (s *Server) follow(ctx context.Context, number int, c Comparison, title, caption string) {
	var before []byte
	for version := 1; ; version++ {
		done := isClosed(c.Done()) // asked first: then what follows is the end
		data := picture(c.Glance(stage.ManyLanes), number, title, caption, done)
		if ctx.Err() != nil {
			return
		}
		if !bytes.Equal(data, before) {
			before = data
			s.room.show(ctx, run{number, event{number<<20 + version, encoded("run", data)}})
		}
		if done {
			return
		}
		select {
		case <-time.After(max(frame, time.Second*time.Duration(len(data)*s.Poll().Here)/flow)):
		case <-c.Done():
		case <-ctx.Done():
			return
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// picture is the JSON of runs as they are now.
func picture(s player.Snapshot, number int, title, caption string, done bool) []byte {
	data, err := json.Marshal(struct {
		Number  int         `json:"number"`
		Title   string      `json:"title"`
		Caption string      `json:"caption"`
		Done    bool        `json:"done"`
		View    export.View `json:"view"`
	}{number, title, caption, done, export.NewView(s, time.Now())})
	if err != nil {
		panic(err) // there is nothing in it that has no JSON
	}
	return data
}

// show shows a run, unless something else has come in its place.
func (r *room) show(ctx context.Context, shown run) {
	defer r.change()
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() == nil {
		r.run = &shown
	}
}
