package check

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"runtime/trace"
	"sync"
	"time"

	hub "gosyncio/lessons/sockets/exercises/hub/given"
)

// Demo has two clients, the second of which reads slowly.
func Demo(ctx context.Context) error {
	const unit = 100 * time.Millisecond
	pauses := []time.Duration{0, 5 * unit}
	var readers sync.WaitGroup
	var clients []net.Conn
	for i, name := range []string{"A", "B"} {
		client, conn := net.Pipe()
		clients = append(clients, conn)
		defer context.AfterFunc(ctx, func() { client.Close() })()
		readers.Go(func() {
			defer trace.StartRegion(ctx, "client "+name).End()
			for lines := bufio.NewScanner(client); lines.Scan(); {
				fmt.Println(name, "hears", lines.Text())
				time.Sleep(pauses[i])
			}
			fmt.Println(name, "is disconnected")
		})
	}
	messages := make(chan string)
	go func() {
		defer close(messages)
		for _, message := range []string{"one", "two", "three", "four", "five"} {
			select {
			case messages <- message:
			case <-ctx.Done():
				return
			}
			time.Sleep(unit)
		}
	}()
	hub.Broadcast(messages, clients, 2)
	readers.Wait()
	return ctx.Err()
}
