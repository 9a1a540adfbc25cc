// Verdict: wrong
// Says: Broadcast disconnects client 2 when "message 5" comes, with only 2 of the 3 places in its queue taken

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
		queue := make(chan string, 2)
		queues[conn] = queue
		wg.Go(func() {
			defer conn.Close()
			for message := range queue {
				if _, err := fmt.Fprintln(conn, message); err != nil {
					return
				}
			}
		})
	}
	for message := range messages {
		for conn, queue := range queues {
			select {
			case queue <- message:
			default:
				delete(queues, conn)
				close(queue)
				conn.Close()
			}
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait()
}
