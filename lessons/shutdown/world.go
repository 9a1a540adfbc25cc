package shutdown

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/trace"
	"sync"
	"syscall"
	"time"
)

// A world is what is outside of the server: its clients, and who sends it the
// signal.
type world struct {
	listener net.Listener
	others   sync.WaitGroup
}

// begin listens. So many clients come now, and one more late; the signal comes
// at its time, and stop ends ctx where there is none. The caller must call end.
func begin(ctx context.Context, stop func(), inflight int, at, late time.Duration) (*world, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &world{listener: l}
	for n := range inflight {
		w.others.Go(func() { request(ctx, fmt.Sprint("request ", n+1), l.Addr()) })
	}
	w.others.Add(1)
	time.AfterFunc(late, func() {
		defer w.others.Done()
		request(ctx, fmt.Sprint("request ", inflight+1), l.Addr())
	})
	w.others.Go(func() { kill(ctx, "signal", at, stop) })
	return w, nil
}

// request is a client. It says what came of its request.
func request(ctx context.Context, name string, addr net.Addr) {
	defer trace.StartRegion(ctx, name).End()
	resp, err := http.Get("http://" + addr.String())
	var op *net.OpError
	switch {
	case errors.Is(err, syscall.EMFILE):
		fmt.Println(name, "fails: too many open files")
	case errors.As(err, &op) && op.Op == "dial":
		fmt.Println(name, "is refused")
	case err != nil:
		fmt.Println(name, "is lost")
	default:
		resp.Body.Close()
		fmt.Println(name, "is answered")
	}
}

// end does what the end of a process does: it closes all connections. The
// clients, who live on, see that; it waits for them.
func (w *world) end(server *http.Server) {
	fmt.Println("main returns")
	server.Close()
	w.others.Wait()
}
