// Package shutdown has a web server that is told to
// stop while it answers requests.
package shutdown

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/signal"
	"runtime/trace"
	"syscall"
	"time"
)

// answer is a handler that takes its time.
func answer(each time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter,
		r *http.Request) {
		select {
		case <-time.After(each):
			fmt.Fprintln(w, "done")
		case <-r.Context().Done():
		}
	}
}

// shutdown lets nobody in any more, and waits for who
// is in; after the limit it hangs up on them.
func shutdown(ctx context.Context, name string,
	server *http.Server, limit time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println("the signal comes")
	ctx, cancel := context.WithTimeout(
		context.WithoutCancel(ctx), limit)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}

// Drain returns when the requests are answered.
func Drain(ctx context.Context, inflight int,
	each, at, late, limit time.Duration) error {
	ctx, stop := signal.NotifyContext(ctx,
		syscall.SIGTERM)
	defer stop()
	w, err := begin(ctx, stop, inflight, at, late)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: answer(each)}
	defer w.end(server)
	drained := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(drained)
		shutdown(ctx, "shutdown", server, limit)
	})
	err = server.Serve(w.listener)
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-drained
	return nil
}

// Abrupt returns when Serve does.
func Abrupt(ctx context.Context, inflight int,
	each, at, late, limit time.Duration) error {
	ctx, stop := signal.NotifyContext(ctx,
		syscall.SIGTERM)
	defer stop()
	w, err := begin(ctx, stop, inflight, at, late)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: answer(each)}
	defer w.end(server)
	context.AfterFunc(ctx, func() {
		shutdown(ctx, "shutdown", server, limit)
	})
	err = server.Serve(w.listener)
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
