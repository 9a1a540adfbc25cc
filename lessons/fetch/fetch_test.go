package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"gosyncio/lessons/lessontest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// nobody is an address at which no server can be.
const nobody = "http://127.0.0.1:0"

type program func(ctx context.Context, pages []string) error

func programs() map[string]program {
	return map[string]program{
		"sequential": Sequential,
		"concurrent": Concurrent,
		"bounded": func(ctx context.Context, pages []string) error {
			return Bounded(ctx, pages, 3)
		},
	}
}

func TestPagesAreReportedInTheOrderAskedFor(t *testing.T) {
	server, err := Serve(10 * time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	pages := server.Pages(6)
	var want []string
	for i, page := range pages {
		want = append(want, fmt.Sprintf("Fetched %s... %d bytes", page, Size(i+1)))
	}
	for name, fetch := range programs() {
		t.Run(name, func(t *testing.T) {
			lines := lessontest.Output(t, func() {
				if err := fetch(t.Context(), pages); err != nil {
					t.Error(err)
				}
			})
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPageThatFailsIsReportedAndTheRestGoOn(t *testing.T) {
	server, err := Serve(0)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	pages := []string{server.URL + "/page1", server.URL + "/nosuch", nobody + "/page2", server.URL + "/page3"}
	for name, fetch := range programs() {
		t.Run(name, func(t *testing.T) {
			var err error
			lines := lessontest.Output(t, func() { err = fetch(t.Context(), pages) })
			if err == nil || err.Error() != "2 of 4 pages failed, the first: 404 Not Found" {
				t.Errorf("error = %v, want: 2 of 4 pages failed, the first: 404 Not Found", err)
			}
			if len(lines) != 4 {
				t.Fatalf("output = %q, want 4 lines", lines)
			}
			for i, want := range []string{
				"Fetched " + pages[0] + "... ", "Failed  " + pages[1] + "... 404 Not Found",
				"Failed  " + pages[2] + "... no connection", "Fetched " + pages[3] + "... ",
			} {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("line %d = %q, want it to begin %q", i, lines[i], want)
				}
			}
		})
	}
}

// The server answers nobody until as many requests are in flight as the
// variant allows, and counts the most: it shows what runs at once without
// looking at a clock.
func TestRequestsInFlight(t *testing.T) {
	const pages = 9
	for name, want := range map[string]int{"sequential": 1, "concurrent": pages, "bounded": 3} {
		t.Run(name, func(t *testing.T) {
			var inFlight, most atomic.Int32
			full := make(chan struct{})
			var once sync.Once
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				n := inFlight.Add(1)
				defer inFlight.Add(-1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				if int(n) == want {
					once.Do(func() { close(full) })
				}
				<-full
			}))
			defer server.Close()
			urls := Pages(server.URL, pages)
			lines := lessontest.Output(t, func() {
				if err := programs()[name](t.Context(), urls); err != nil {
					t.Error(err)
				}
			})
			if int(most.Load()) != want {
				t.Errorf("most requests in flight = %d, want %d", most.Load(), want)
			}
			if len(lines) != pages {
				t.Errorf("%d lines, want %d", len(lines), pages)
			}
		})
	}
}

// The page that is there ends the requests for the others, which would never
// be answered.
func TestTheFirstPageEndsTheOtherRequests(t *testing.T) {
	const pages = 5
	var waiting, ended sync.WaitGroup
	waiting.Add(pages - 1)
	ended.Add(pages - 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/page3" {
			waiting.Wait()
			fmt.Fprint(w, "hello")
			return
		}
		waiting.Done()
		<-r.Context().Done()
		ended.Done()
	}))
	defer server.Close()
	urls := Pages(server.URL, pages)
	lines := lessontest.Output(t, func() {
		if err := Fastest(t.Context(), urls); err != nil {
			t.Error(err)
		}
	})
	if diff := cmp.Diff([]string{"Fetched " + urls[2] + "... 5 bytes"}, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	ended.Wait()
}

func TestWhereNoPageArrivesEachSaysWhy(t *testing.T) {
	server, err := Serve(0)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var failed error
	lines := lessontest.Output(t, func() {
		failed = Fastest(t.Context(), []string{server.URL + "/nosuch", nobody + "/page2"})
	})
	if failed == nil || failed.Error() != "2 of 2 pages failed, the first: 404 Not Found" {
		t.Errorf("error = %v, want: 2 of 2 pages failed, the first: 404 Not Found", failed)
	}
	want := []string{"Failed  " + server.URL + "/nosuch... 404 Not Found", "Failed  " + nobody + "/page2... no connection"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestTooManyOpenFilesAreNotTakenForAServerThatIsNotThere(t *testing.T) {
	err := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("socket", syscall.EMFILE)}
	if got := reason(&url.Error{Op: "Get", URL: nobody, Err: err}); got.Error() != "too many open files" {
		t.Errorf("%v, want: too many open files", got)
	}
}

// A program that is asked to stop says so of each page that it has not got.
func TestPagesAfterTheEndAreCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, fetch := range programs() {
		t.Run(name, func(t *testing.T) {
			lines := lessontest.Output(t, func() {
				if err := fetch(ctx, []string{nobody}); err == nil {
					t.Error("no error")
				}
			})
			if diff := cmp.Diff([]string{"Failed  " + nobody + "... cancelled"}, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAServerThatNeverAnswersIsNotWaitedForForEver(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	if client := newClient(); client.Timeout != Timeout {
		t.Errorf("the client has %v, want %v", client.Timeout, Timeout)
	}
	for name, fetch := range programs() {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond) // as its Timeout, but sooner
			defer cancel()
			lines := lessontest.Output(t, func() {
				if err := fetch(ctx, []string{server.URL}); err == nil {
					t.Error("no error")
				}
			})
			if diff := cmp.Diff([]string{"Failed  " + server.URL + "... no answer in time"}, lines); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPagesHaveDifferentSizesAndLatencies(t *testing.T) {
	var sizes, latencies []int
	for n := 1; n <= 100; n++ {
		sizes = append(sizes, Size(n))
		latencies = append(latencies, int(Latency(n, time.Second)))
	}
	slices.Sort(sizes)
	if len(slices.Compact(sizes)) != 100 {
		t.Error("two of the first hundred pages have one size")
	}
	slices.Sort(latencies)
	want := []int{750_000_000, 1_000_000_000, 1_250_000_000}
	if diff := cmp.Diff(want, slices.Compact(latencies)); diff != "" {
		t.Errorf("latencies (-want +got):\n%s", diff)
	}
}

func TestServerIsQuickToCloseWhilePagesAreBeingServed(t *testing.T) {
	server, err := Serve(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	failed := make(chan error)
	go func() {
		resp, err := http.Get(server.URL + "/page1")
		if err == nil {
			resp.Body.Close()
		}
		failed <- err
	}()
	server.Close()
	if err := <-failed; err == nil {
		t.Error("the page was served; want an error, as the server was closed")
	}
	http.DefaultClient.CloseIdleConnections()
}
