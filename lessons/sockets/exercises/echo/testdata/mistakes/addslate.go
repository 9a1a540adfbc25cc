// Verdict: vet
// Says: WaitGroup.Add called from inside new goroutine

package echo

import (
	"io"
	"net"
	"sync"
)

func Serve(l net.Listener) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			wg.Add(1) // here
			defer wg.Done()
			echo(conn)
		}()
	}
}

func echo(conn net.Conn) {
	defer conn.Close()
	io.Copy(conn, conn)
}
