package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Server is a web server on loopback with any number of pages. Each has
// a size and a latency of its own, which depend on its number alone, so
// that two runs fetch the same.
type Server struct {
	// URL is the address of the server, without a slash at the end.
	URL  string
	http *http.Server
	done chan struct{}
	err  error // why it stopped serving, once done is closed
}

// Serve starts a server whose pages answer after about latency. The
// caller must Close it.
func Serve(latency time.Duration) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s := &Server{
		URL: "http://" + listener.Addr().String(),
		http: &http.Server{
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { servePage(w, r, latency) }),
			// What goes wrong is the client's to report, not for the screen.
			ErrorLog: log.New(io.Discard, "", 0),
		},
		done: make(chan struct{}),
	}
	go func() {
		defer close(s.done)
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.err = fmt.Errorf("web server: %w", err)
		}
	}()
	return s, nil
}

// Close ends the server and every connection to it. Requests that are
// being answered are cut off. The error is why it could not serve, if there
// is a reason.
func (s *Server) Close() error {
	err := s.http.Close()
	<-s.done
	return errors.Join(s.err, err)
}

// Pages returns the addresses of the first n pages.
func (s *Server) Pages(n int) []string { return Pages(s.URL, n) }

// Pages returns the addresses of the first n pages of the server at url.
func Pages(url string, n int) []string {
	pages := make([]string, n)
	for i := range pages {
		pages[i] = fmt.Sprintf("%s/page%d", url, i+1)
	}
	return pages
}

// Latency returns how long page n, counted from 1, takes to answer: the given
// latency, three quarters of it, and five quarters, in turn.
func Latency(n int, latency time.Duration) time.Duration {
	switch n % 3 {
	case 2:
		return latency - latency/4
	case 0:
		return latency + latency/4
	}
	return latency
}

// Size returns how many bytes page n, counted from 1, has: 1 to 10 thousand.
func Size(n int) int { return 1000 + n*1777%9001 }

func servePage(w http.ResponseWriter, r *http.Request, latency time.Duration) {
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/page"))
	if err != nil || n < 1 {
		http.NotFound(w, r)
		return
	}
	if !sleep(r.Context(), Latency(n, latency)) {
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Content-Length", strconv.Itoa(Size(n)))
	fmt.Fprint(w, strings.Repeat(".", Size(n)))
}

// sleep waits for d and reports whether it could: false if ctx was done
// before.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
