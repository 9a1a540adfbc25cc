// Verdict: wrong
// Says: Serve returns after 500ms, and client 1 is still under way

package echo

import (
	"io"
	"net"
)

func Serve(l net.Listener) { // here
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go echo(conn)
	}
}

func echo(conn net.Conn) {
	defer conn.Close()
	io.Copy(conn, conn)
}
