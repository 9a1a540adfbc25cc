package panics

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// dying names, in the environment, the program that a test's own child runs.
const dying = "GOSYNCIO_PANICS_DYING"

// noRoute panics in a goroutine that has a deferred function.
func noRoute() {
	defer fmt.Println("its own defer has run")
	panic("no route")
}

// A panic that its own goroutine does not recover ends the process, whoever
// waits for that goroutine and has a deferred recover; and of deferred
// functions only those of its goroutine run.
func TestWhoWaitsCannotRecover(t *testing.T) {
	for _, tt := range []struct {
		name    string
		program func()
		prints  string
		panics  string
	}{
		{"the variant", func() { Goroutine(t.Context(), time.Millisecond, time.Minute) }, "", "panic: " + index},
		{"go", func() {
			go noRoute()
			select {}
		}, "its own defer has run\n", "panic: no route"},
		{"wg", func() {
			var wg sync.WaitGroup
			wg.Go(noRoute)
			wg.Wait()
		}, "its own defer has run\n", "panic: no route"},
		{"errgroup", func() {
			var group errgroup.Group
			group.Go(func() error {
				noRoute()
				return nil
			})
			group.Wait() // may return, and nil at that, while the process dies
			select {}
		}, "its own defer has run\n", "panic: no route"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if os.Getenv(dying) != "" {
				defer fmt.Println("main: a defer has run")
				defer func() { recover() }()
				tt.program()
				return
			}
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			var says strings.Builder
			child := exec.CommandContext(t.Context(), self, "-test.run=^TestWhoWaitsCannotRecover$/^"+strings.ReplaceAll(tt.name, " ", "_")+"$")
			child.Env = append(os.Environ(), dying+"=1")
			child.Stderr = &says
			prints, err := child.Output()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.HasPrefix(says.String(), tt.panics) {
				t.Errorf("%v, and says %q; want exit status 2, and %q", err, says.String(), tt.panics)
			}
			if string(prints) != tt.prints {
				t.Errorf("prints %q, want %q", prints, tt.prints)
			}
		})
	}
}

// net/http recovers for each request, and logs it.
func TestAServerSurvivesAPanic(t *testing.T) {
	var logged strings.Builder
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			panic("no route")
		}
		io.WriteString(w, "good")
	}))
	server.Config.ErrorLog = log.New(&logged, "", 0)
	server.Start()
	for path, want := range map[string]string{"/bad": "", "/good": "good"} {
		var got []byte
		if response, err := server.Client().Get(server.URL + path); err == nil {
			got, _ = io.ReadAll(response.Body)
			response.Body.Close()
		}
		if string(got) != want {
			t.Errorf("%s is answered with %q, want %q", path, got, want)
		}
	}
	server.Close() // waits for whoever writes to the log
	if !strings.Contains(logged.String(), "panic serving") || !strings.Contains(logged.String(), "no route") {
		t.Errorf("logged is %q", logged.String())
	}
}
