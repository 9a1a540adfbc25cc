// Verdict: race
// Says: at the same time

package echo

import (
	"net"
	"sync"
)

func Serve(l net.Listener) {
	var wg sync.WaitGroup
	defer wg.Wait()
	buffer := make([]byte, 1024)
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		wg.Go(func() {
			defer conn.Close()
			for {
				n, err := conn.Read(buffer) // here
				if err != nil {
					return
				}
				conn.Write(buffer[:n])
			}
		})
	}
}
