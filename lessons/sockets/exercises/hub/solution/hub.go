// Package hub passes messages on to everybody.
package hub

import (
	"fmt"
	"net"
	"sync"
)

// Broadcast writes each message, as a line, to all clients.
// Each has a queue that holds room messages besides the one
// that is being written, and no client waits for another. A
// client whose queue is full when the next message comes is
// disconnected.
//
// After the last message, the clients still get what is in
// their queues. Then all connections are closed, and
// Broadcast returns.
func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	queues := map[net.Conn]chan string{}
	var wg sync.WaitGroup
	for _, conn := range clients {
		queue := make(chan string, room)
		queues[conn] = queue
		wg.Go(func() { deliver(conn, queue) })
	}
	for message := range messages {
		for conn, queue := range queues {
			select {
			case queue <- message:
			default: // no room
				delete(queues, conn)
				close(queue)
				conn.Close() // ends a Write that is under way
			}
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait()
}

// deliver writes what comes from queue until it is closed or
// the client has gone.
func deliver(conn net.Conn, queue <-chan string) {
	defer conn.Close()
	for message := range queue {
		if _, err := fmt.Fprintln(conn, message); err != nil {
			return
		}
	}
}
