package hub

import (
	"io"
	"net"
	"sync"
)

type client struct {
	net.Conn
	mu     sync.Mutex
	cond   *sync.Cond
	queue  []string
	closed bool
	dead   bool
}

func (c *client) loop() {
	defer c.Close()
	for {
		c.mu.Lock()
		for len(c.queue) == 0 && !c.closed {
			c.cond.Wait()
		}
		if len(c.queue) == 0 || c.dead {
			c.mu.Unlock()
			return
		}
		m := c.queue[0]
		c.queue = c.queue[1:]
		c.mu.Unlock()
		if _, err := io.WriteString(c, m+"\n"); err != nil {
			return
		}
	}
}

func (c *client) put(m string, room int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dead {
		return
	}
	if len(c.queue) >= room {
		c.dead, c.closed = true, true
		c.Close()
	} else {
		c.queue = append(c.queue, m)
	}
	c.cond.Signal()
}

func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	var wg sync.WaitGroup
	var cs []*client
	for _, conn := range clients {
		c := &client{Conn: conn}
		c.cond = sync.NewCond(&c.mu)
		cs = append(cs, c)
		wg.Go(c.loop)
	}
	for m := range messages {
		for _, c := range cs {
			c.put(m, room)
		}
	}
	for _, c := range cs {
		c.mu.Lock()
		c.closed = true
		c.mu.Unlock()
		c.cond.Broadcast()
	}
	wg.Wait()
}
