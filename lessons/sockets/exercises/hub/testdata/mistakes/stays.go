// Verdict: panic
// Says: panic: send on closed channel

package hub

import (
	"fmt"
	"net"
	"sync"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	queues := make([]chan string, len(clients))
	var wg sync.WaitGroup
	for i, conn := range clients {
		queue := make(chan string, room)
		queues[i] = queue
		wg.Go(func() {
			defer conn.Close()
			for message := range queue {
				fmt.Fprintln(conn, message)
			}
		})
	}
	for message := range messages {
		for i, queue := range queues {
			select {
			case queue <- message: // here
			default:
				close(queue)
				clients[i].Close()
			}
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait()
}
