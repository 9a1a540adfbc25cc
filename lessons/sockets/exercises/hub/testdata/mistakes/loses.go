// Verdict: wrong
// Says: Broadcast has returned, but client 2 has not heard "message 2"

package hub

import (
	"fmt"
	"net"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) { // here
	queues := map[net.Conn]chan string{}
	for _, conn := range clients {
		queue := make(chan string, room)
		queues[conn] = queue
		go func() {
			for message := range queue {
				fmt.Fprintln(conn, message)
			}
		}()
	}
	for message := range messages {
		for conn, queue := range queues {
			select {
			case queue <- message:
			default:
				close(queue)
				conn.Close()
				delete(queues, conn)
			}
		}
	}
	for conn, queue := range queues {
		close(queue)
		conn.Close()
	}
}
