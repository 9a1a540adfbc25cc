package sockets

import (
	"errors"
	"fmt"
	"net"
	"sync"
)

// spareFiles is how many files the process of the server needs for other
// things than connections.
const spareFiles = 64

// Server is a server on loopback that sends back what it receives, to any
// number of clients at once.
type Server struct {
	// Addr is where it listens, such as 127.0.0.1:41234.
	Addr     string
	listener net.Listener

	goroutines sync.WaitGroup
	mu         sync.Mutex
	conns      map[net.Conn]bool // nil once the server is closed
	err        error             // why it could not go on
}

// Serve starts a server for two runs of Concurrent at once, one for each
// language, with so many clients. (Any number of runs of Sequential do
// not count: each has one connection.) It is an error if the limit on
// open files is too low for that. The caller must Close the server.
func Serve(clients int) (*Server, error) {
	if limit, ok := fileLimit(); ok && limit < 2*uint64(clients)+spareFiles {
		remedy := "raise the limit with ulimit -n"
		if limit >= spareFiles+2 {
			remedy += fmt.Sprintf(", or set clients to %d or less", (limit-spareFiles)/2)
		}
		return nil, fmt.Errorf("a process may have %d files open here, and the server needs %d for clients=%d: %s",
			limit, 2*clients+spareFiles, clients, remedy)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{Addr: listener.Addr().String(), listener: listener, conns: map[net.Conn]bool{}}
	s.goroutines.Go(s.accept)
	return s, nil
}

// Close ends the server and every connection to it. The error is why it
// could not serve a client, if there is one.
func (s *Server) Close() error {
	s.shut(nil)
	s.goroutines.Wait()
	return s.err
}

// shut stops listening and closes all connections: the clients fail, and
// none waits for an echo that will not come.
func (s *Server) shut(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil {
		return
	}
	s.err = err
	s.listener.Close()
	for conn := range s.conns {
		conn.Close()
	}
	s.conns = nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.shut(fmt.Errorf("echo server: %w", err))
			return
		}
		if !s.keep(conn) {
			conn.Close()
			return
		}
		s.goroutines.Go(func() { s.echo(conn) })
	}
}

// keep notes that conn is open. It reports false, and does not, if the server
// is closed.
func (s *Server) keep(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil {
		return false
	}
	s.conns[conn] = true
	return true
}

// echo sends back what comes, until the client closes the connection. What
// goes wrong is the client's to report.
func (s *Server) echo(conn net.Conn) {
	defer func() {
		conn.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conns, conn)
	}()
	// Small, as there are thousands. io.Copy would splice on Linux, which
	// takes two more files for each connection.
	line := make([]byte, 64)
	for {
		n, err := conn.Read(line)
		if err != nil {
			return
		}
		if _, err := conn.Write(line[:n]); err != nil {
			return
		}
	}
}
