// Verdict: wrong
// Says: Broadcast has returned, and client 2 has not heard "message 3"

package hub

import (
	"fmt"
	"net"
	"sync"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) { // here
	queues := map[net.Conn]chan string{}
	var wg sync.WaitGroup
	for _, conn := range clients {
		queue := make(chan string)
		queues[conn] = queue
		wg.Go(func() {
			defer conn.Close()
			for message := range queue {
				fmt.Fprintln(conn, message)
			}
		})
	}
	for message := range messages {
		for _, queue := range queues {
			select {
			case queue <- message:
			default: // it has to do without
			}
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait()
}
