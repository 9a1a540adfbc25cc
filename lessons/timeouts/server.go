package timeouts

import (
	"fmt"
	"io"
	"net"
	"sync"
)

// Server is a server on loopback that takes every request, and never answers.
type Server struct {
	// URL is the address of the server, without a slash at the end.
	URL      string
	listener net.Listener
	serving  sync.WaitGroup

	mu     sync.Mutex
	closed bool
	conns  map[net.Conn]bool
}

// Serve starts a server. The caller must Close it.
func Serve() (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{
		URL:      "http://" + listener.Addr().String(),
		listener: listener,
		conns:    map[net.Conn]bool{},
	}
	s.serving.Go(s.accept)
	return s, nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		if s.keep(conn) {
			s.serving.Go(func() { s.ignore(conn) })
		}
	}
}

// keep reports whether conn is to be served. It closes one that comes too late.
func (s *Server) keep(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		conn.Close()
		return false
	}
	s.conns[conn] = true
	return true
}

// ignore reads what comes, until the other side has had enough.
func (s *Server) ignore(conn net.Conn) {
	io.Copy(io.Discard, conn)
	conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
}

// Close ends the server and every connection to it.
func (s *Server) Close() error {
	err := s.listener.Close()
	s.mu.Lock()
	s.closed = true
	for conn := range s.conns {
		conn.Close()
	}
	s.mu.Unlock()
	s.serving.Wait()
	return err
}
