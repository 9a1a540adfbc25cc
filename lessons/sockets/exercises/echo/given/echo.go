// Package echo is a server that sends back what it hears.
package echo

import (
	"io"
	"net"
)

// Serve accepts connections until l is closed, and serves
// all of them at the same time. It returns when the last
// client has left.
func Serve(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return // l is closed
		}
		echo(conn)
	}
}

// echo sends back what a client says until it leaves, and
// closes the connection.
func echo(conn net.Conn) {
	defer conn.Close()
	io.Copy(conn, conn)
}
