// Package class is the server of a class: a page on which learners vote with
// their browsers and see runs as they are made, and a board of those who use
// the program itself. It shows nothing to the presenter; see Server.
//
// How it holds together: the room is all that is known, behind one mutex that
// is never held while somebody is waited for. A publisher makes of it, a few
// times a second at most, the one text that all pages get. Each page takes the
// newest when it comes to it, so that a slow one skips some and holds up nobody.
//
// Whoever has the code is in the room, and may join several times: a vote is
// one for each browser, which is not the same as one for each person.
package class

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// LAN, as Options.Listen, is all addresses of this machine, with a port that is
// free.
const LAN = "0.0.0.0:0"

// Options say what a class is to be.
type Options struct {
	// Listen is the host and port to listen at; "" is loopback, with a port
	// that is free.
	Listen string
	// File keeps the class until it is closed, so that a Server that is
	// started with it within half a day, after a crash, goes on: with the same
	// code, at the same port if Listen names none. "" keeps nothing.
	File  string
	Title string
	Now   func() time.Time // nil is time.Now
}

// A Server is a class. Its methods may be called by several goroutines, and
// none of them waits for a learner. It must be closed.
type Server struct {
	code    string
	address string // that it listens at
	url     string
	room    *room
	hub     *hub
	store   *store
	wrong   *guesses
	resumed bool
	http    *http.Server
	silent  *silent
	shown   shown
	ctx     context.Context // ends with the class
	stop    context.CancelFunc
	working sync.WaitGroup // the goroutines that work for it
	closing sync.Once
	closed  error // what came of closing

	mu      sync.Mutex
	saveErr error
}

// Start opens a class and listens, or goes on with the one in o.File. When ctx
// ends it stops, but must still be closed. The error is a *fault.Error.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	store, before, err := open(o.File, o.Now())
	if err != nil {
		return nil, err
	}
	code, address := newCode(), o.Listen
	if before != nil {
		code, address = before.Code, again(o.Listen, before.Address)
	}
	listener, err := listen(ctx, address)
	if err != nil && address != o.Listen { // where it was before is somebody else now
		listener, err = listen(ctx, o.Listen)
	}
	if err != nil {
		store.close(false)
		return nil, err
	}
	s := &Server{
		code:    code,
		address: listener.Addr().String(),
		url:     url(listener.Addr()),
		room:    newRoom(o.Title, o.Now),
		hub:     newHub(),
		store:   store,
		wrong:   newGuesses(o.Now),
		silent:  newSilent(within(maxSilent, maxConnections)),
	}
	if before != nil {
		s.room.restore(before)
		s.resumed = true
	}
	s.http = s.newHTTP(listener.Addr())
	s.ctx, s.stop = context.WithCancel(ctx)
	s.working.Go(func() { s.serve(listener) })
	s.working.Go(s.publish)
	s.working.Go(s.keepOn)
	s.working.Go(func() {
		<-s.ctx.Done()
		s.hub.close(false)
		s.http.Close()
	})
	return s, nil
}

// URL is the address of the page, such as http://192.168.1.5:41234.
func (s *Server) URL() string { return s.url }

// Code is what learners must know to join: six characters of which none looks
// like another.
func (s *Server) Code() string { return s.code }

// Link is the address with the code in it. The code stands behind a #, so that
// the browser keeps it to itself until the page asks for it.
func (s *Server) Link() string { return s.url + "/#" + s.code }

// Resumed reports whether it goes on with a class that had broken off.
func (s *Server) Resumed() bool { return s.resumed }

// Loopback reports whether nobody but this machine can reach the class.
func (s *Server) Loopback() bool {
	at, err := netip.ParseAddrPort(s.address)
	return err == nil && at.Addr().IsLoopback()
}

// Changed has a value when Poll or Board may have something new. It is for one
// receiver.
func (s *Server) Changed() <-chan struct{} { return s.room.changed }

// Close ends the class: the pages say so, and its file is removed. It waits
// until all that the Server started has ended.
func (s *Server) Close() error {
	s.closing.Do(func() { s.closed = s.close(true) })
	return s.closed
}

// Leave is Close, but the class is not over: its file stays, for a Server that
// goes on with it, and the pages wait for that. Without a file it is Close.
func (s *Server) Leave() error {
	s.closing.Do(func() { s.closed = s.close(s.store.path == "") })
	return s.closed
}

// farewell is how long pages are given to take the last that is sent to them.
const farewell = time.Second

func (s *Server) close(over bool) error {
	s.shown.stop()
	s.hub.close(over)
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close() // somebody does not read
	}
	s.stop()
	s.working.Wait()
	if !over {
		err = errors.Join(err, s.save())
	}
	return errors.Join(err, s.store.close(over))
}

func (s *Server) serve(listener net.Listener) {
	if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		s.stop() // nobody can come any more
	}
}
