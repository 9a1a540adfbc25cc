package player

import (
	"context"
	"sync"
)

// A Slot has room for one comparison at a time: another one begins when the
// one before has been stopped and no child of it is left. The zero Slot is
// empty and ready for use. Its methods may be called by several goroutines.
type Slot struct {
	playing sync.Mutex // held while one makes room for another

	mu      sync.Mutex
	current *Comparison
	closed  bool
}

// Play stops what is played, waits until it has ended, and then starts what
// setup says, as Player.Play does. It may take as long as a child takes to
// stop. If ctx has ended by then nothing is started and the error is that of
// ctx; after Close it is context.Canceled.
func (s *Slot) Play(ctx context.Context, p *Player, setup Setup) (*Comparison, error) {
	s.playing.Lock()
	defer s.playing.Unlock()
	if ctx.Err() != nil {
		return nil, ctx.Err() // somebody who came later may be first
	}
	s.end()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case s.isClosed():
		return nil, context.Canceled
	}
	c, err := p.Play(ctx, setup)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = c
	return c, err
}

// Current is what is played, or was played last; nil if nothing was.
func (s *Slot) Current() *Comparison {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Close stops what is played and waits until no child is left.
func (s *Slot) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.playing.Lock() // whoever is about to start something sees that it is too late
	defer s.playing.Unlock()
	s.end()
}

func (s *Slot) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// end stops what is played and waits until it has ended.
func (s *Slot) end() {
	if c := s.Current(); c != nil {
		c.Cancel()
		c.Wait()
	}
}
