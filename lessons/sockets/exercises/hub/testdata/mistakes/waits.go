// Verdict: deadlock
// Says: nobody can go on: here Broadcast waits to send on a channel

package hub

import (
	"fmt"
	"net"
	"sync"
)

func Broadcast(messages <-chan string, clients []net.Conn, room int) {
	var queues []chan string
	var wg sync.WaitGroup
	for _, conn := range clients {
		queue := make(chan string, room)
		queues = append(queues, queue)
		wg.Go(func() {
			defer conn.Close()
			for message := range queue {
				fmt.Fprintln(conn, message)
			}
		})
	}
	for message := range messages {
		for _, queue := range queues {
			queue <- message // here
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wg.Wait()
}
