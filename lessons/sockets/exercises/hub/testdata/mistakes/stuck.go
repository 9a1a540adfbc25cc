// Verdict: deadlock
// Says: nobody can go on: here Broadcast waits for a WaitGroup, and a goroutine waits for the other end of a connection at line 21

package hub

import (
	"fmt"
	"net"
	"sync"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	queues := map[net.Conn]chan string{}
	var wg sync.WaitGroup
	for _, conn := range clients {
		queue := make(chan string, room)
		queues[conn] = queue
		wg.Go(func() {
			defer conn.Close()
			for message := range queue {
				fmt.Fprintln(conn, message)
			}
		})
	}
	for message := range messages {
		for conn, queue := range queues {
			select {
			case queue <- message:
			default:
				close(queue)
				delete(queues, conn)
			}
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait() // here
}
