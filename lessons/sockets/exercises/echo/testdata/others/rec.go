package echo

import (
	"io"
	"net"
)

func Serve(l net.Listener) {
	conn, err := l.Accept()
	if err != nil {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer conn.Close()
		io.Copy(struct{ io.Writer }{conn}, struct{ io.Reader }{conn})
	}()
	Serve(l)
	<-done
}
