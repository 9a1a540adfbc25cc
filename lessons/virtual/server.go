package virtual

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
)

// Server is a server on loopback. Of each connection it reads a line with a
// duration, and answers with a line after as long.
type Server struct {
	Addr     string
	listener net.Listener
	serving  sync.WaitGroup
	closing  chan struct{}
}

// Serve starts a server. The caller must Close it.
func Serve() (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{Addr: listener.Addr().String(), listener: listener, closing: make(chan struct{})}
	s.serving.Go(s.accept)
	return s, nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.serving.Go(func() { s.answer(conn) })
	}
}

// answer answers, unless the other side, or the server, has had enough.
func (s *Server) answer(conn net.Conn) {
	defer conn.Close()
	gone := make(chan struct{})
	var reading sync.WaitGroup
	defer reading.Wait()
	defer conn.Close()
	reader := bufio.NewReader(conn)
	asked := make(chan time.Duration, 1)
	reading.Go(func() {
		defer close(gone)
		line, _ := reader.ReadString('\n')
		after, err := time.ParseDuration(strings.TrimSpace(line))
		if err != nil {
			return
		}
		asked <- after
		reader.ReadByte() // until it is closed
	})
	var late <-chan time.Time
	for {
		select {
		case after := <-asked:
			late = time.After(after)
		case <-late:
			fmt.Fprintln(conn, "here")
			return
		case <-gone:
			return
		case <-s.closing:
			return
		}
	}
}

// Close ends the server and every connection to it.
func (s *Server) Close() error {
	close(s.closing)
	err := s.listener.Close()
	s.serving.Wait()
	return err
}
