package lessontest

import (
	"net"
	"sync"
	"testing"
)

// Listen starts a server of the test's own on loopback. It calls handle for
// each connection, in a goroutine, and closes the connection afterwards. It
// ends with the test, which waits for all of them.
func Listen(t testing.TB, handle func(net.Conn)) (addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { defer conn.Close(); handle(conn) })
		}
	})
	t.Cleanup(func() { listener.Close(); serving.Wait() })
	return listener.Addr().String()
}
