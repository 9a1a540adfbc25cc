// Package hub passes messages on to everybody.
package hub

import (
	"fmt"
	"net"
	"sync"
)

// Broadcast writes each message, as a line, to all clients.
// No client waits for another: for each, up to room messages
// can wait. A client that has no room for the next one is
// disconnected.
//
// When messages is closed, the others still get what waits
// for them. Then all are disconnected, and Broadcast returns.
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
