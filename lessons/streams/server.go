package streams

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
)

// A Server is a server on loopback that thinks for a while before it answers.
// The first line that a client sends is what it asks for:
//
//	price    a line
//	count    how many lines follow, until the client sends no more
//	log N    three lines, of which the second has N bytes
type Server struct {
	// Addr is where it listens, such as 127.0.0.1:41234.
	Addr     string
	listener net.Listener
	silent   time.Duration

	ctx        context.Context // ends with the server
	cancel     context.CancelFunc
	goroutines sync.WaitGroup
	err        error // why it could not go on, once all goroutines have ended
}

// Serve starts a server that is silent for so long before it answers. The
// caller must Close it.
func Serve(silent time.Duration) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{Addr: listener.Addr().String(), listener: listener, silent: silent}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.goroutines.Go(s.accept)
	return s, nil
}

// Close ends the server and every connection to it. The error is why it could
// not serve a client, if there is one.
func (s *Server) Close() error {
	s.cancel()
	s.listener.Close()
	s.goroutines.Wait()
	return s.err
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.err = fmt.Errorf("server of lines: %w", err)
			s.cancel()
			return
		}
		s.goroutines.Go(func() {
			defer conn.Close()
			defer context.AfterFunc(s.ctx, func() { conn.Close() })()
			s.answer(conn)
		})
	}
}

// answer answers one client. What goes wrong is the client's to report.
func (s *Server) answer(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	if !lines.Scan() {
		return
	}
	asked, size := lines.Text(), 0
	count := 0
	if asked == "count" {
		for lines.Scan() {
			count++
		}
	}
	select {
	case <-time.After(s.silent):
	case <-s.ctx.Done():
		return
	}
	switch _, err := fmt.Sscanf(asked, "log %d", &size); {
	case asked == "price":
		fmt.Fprintln(conn, "it costs 42")
	case asked == "count":
		fmt.Fprintln(conn, "there were", count)
	case err == nil && size > 0 && size <= 1_000_000:
		fmt.Fprintf(conn, "short\n%s\nlast\n", strings.Repeat(".", size))
	}
}
