// Verdict: wrong
// Says: Serve has returned, but the connection of client 1 is not closed

package echo

import (
	"io"
	"net"
	"sync"
)

func Serve(l net.Listener) { // here
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		wg.Go(func() { io.Copy(conn, conn) })
	}
}
