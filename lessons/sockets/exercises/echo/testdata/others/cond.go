package echo

import (
	"bufio"
	"net"
	"sync"
)

type server struct {
	sync.Mutex
	conns map[net.Conn]bool
	empty *sync.Cond
}

func (s *server) handle(c net.Conn) {
	defer func() {
		c.Close()
		s.Lock()
		delete(s.conns, c)
		s.Unlock()
		s.empty.Signal()
	}()
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 0 {
			c.Write(line)
		}
		if err != nil {
			return
		}
	}
}

func Serve(l net.Listener) {
	s := &server{conns: map[net.Conn]bool{}}
	s.empty = sync.NewCond(s)
	for {
		conn, err := l.Accept()
		if err != nil {
			break
		}
		s.Lock()
		s.conns[conn] = true
		s.Unlock()
		go s.handle(conn)
	}
	s.Lock()
	defer s.Unlock()
	for len(s.conns) > 0 {
		s.empty.Wait()
	}
}
