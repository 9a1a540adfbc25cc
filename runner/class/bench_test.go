package class

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tmaxmax/go-sse"
)

// thousand are learners who listen, each over a connection of their own.
const thousand = 1000

// A voter is one of them.
type voter struct {
	client *http.Client
	url    string
	cookie *http.Cookie
	events *http.Response

	mu    sync.Mutex
	voted int // as the page was told last
	told  *sync.Cond
}

// sit has a learner join and listen until the test ends.
func sit(b *testing.B, s *Server, client *http.Client) *voter {
	b.Helper()
	v := &voter{client: client, url: s.URL()}
	v.told = sync.NewCond(&v.mu)
	r, err := v.do(http.MethodPost, "/join", fmt.Sprintf(`{"code":%q}`, s.Code()))
	if err != nil {
		b.Fatal(err)
	}
	v.cookie = r.Cookies()[0]
	if v.events, err = v.do(http.MethodGet, "/events", ""); err != nil {
		b.Fatal(err)
	}
	return v
}

func (v *voter) do(method, path, body string) (*http.Response, error) {
	r, err := http.NewRequest(method, v.url+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if v.cookie != nil {
		r.AddCookie(v.cookie)
	}
	response, err := v.client.Do(r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		response.Body.Close()
		return nil, fmt.Errorf("%s is answered %s", path, response.Status)
	}
	if method == http.MethodPost {
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	return response, nil
}

// listen reads what the page is told.
func (v *voter) listen() {
	defer v.events.Body.Close()
	for e, err := range sse.Read(v.events.Body, nil) {
		if err != nil {
			return
		}
		var s state
		if e.Type != "state" || json.Unmarshal([]byte(e.Data), &s) != nil || s.Question == nil {
			continue
		}
		v.mu.Lock()
		v.voted = s.Question.Voted
		v.told.Broadcast()
		v.mu.Unlock()
	}
}

// vote votes, and returns how long it took until the presenter's poll had it,
// and until the learner's own page was told a number with it.
func (v *voter) vote(s *Server, body string) (poll, page time.Duration, err error) {
	began := time.Now()
	if _, err := v.do(http.MethodPost, "/vote", body); err != nil {
		return 0, 0, err
	}
	voted := s.Poll().Voted
	poll = time.Since(began)
	v.mu.Lock()
	defer v.mu.Unlock()
	for v.voted < voted {
		v.told.Wait()
	}
	return poll, time.Since(began), nil
}

// BenchmarkThousandLearners has a thousand learners vote, within some seconds
// and all at once. Both sides are in this process, and share its CPUs.
//
// The budget is 100 ms for what the presenter sees, at the 99th percentile.
func BenchmarkThousandLearners(b *testing.B) {
	for _, tt := range []struct {
		name   string
		within time.Duration
	}{{"within 4 s", 4 * time.Second}, {"at once", 0}} {
		b.Run(tt.name, func(b *testing.B) {
			s := started(b, Options{File: b.TempDir() + "/class.json"})
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: thousand}}
			defer client.CloseIdleConnections()
			enough(b)
			memory := inUse()
			voters := make([]*voter, thousand)
			for i := range voters {
				voters[i] = sit(b, s, client)
			}
			var listening sync.WaitGroup
			for _, v := range voters {
				listening.Go(v.listen)
			}
			memory = inUse() - memory
			watched, cancel := context.WithCancel(context.Background())
			var presenter sync.WaitGroup
			looks := 0
			presenter.Go(func() { // as the slide does
				for {
					select {
					case <-s.Changed():
						s.Poll()
						looks++
					case <-watched.Done():
						return
					}
				}
			})

			var mu sync.Mutex
			var polls, pages []time.Duration
			var failed error
			cpu := used()
			began := time.Now()
			for n := 0; b.Loop(); n++ {
				q := longest()
				q.ID = fmt.Sprint("question/", n)
				s.Ask(q)
				var voting sync.WaitGroup
				for i, v := range voters {
					voting.Go(func() {
						if tt.within > 0 {
							time.Sleep(rand.N(tt.within))
						}
						poll, page, err := v.vote(s, fmt.Sprintf(`{"question":%q,"round":1,"answer":%d}`, q.ID, i%3))
						mu.Lock()
						defer mu.Unlock()
						if err != nil {
							failed = err
							return
						}
						polls, pages = append(polls, poll), append(pages, page)
					})
				}
				voting.Wait()
				if failed != nil {
					b.Fatal(failed)
				}
				if p := s.Poll(); p.Voted != thousand {
					b.Fatalf("%d have voted", p.Voted)
				}
			}
			b.ReportMetric((used()-cpu).Seconds()/time.Since(began).Seconds()*100, "%CPU")
			cancel()
			presenter.Wait()
			b.ReportMetric(float64(memory)/thousand/1e3, "kB/learner")
			for _, m := range []struct {
				name  string
				times []time.Duration
			}{{"poll", polls}, {"page", pages}} {
				slices.Sort(m.times)
				for _, percent := range []int{50, 99} {
					b.ReportMetric(float64(m.times[len(m.times)*percent/100])/1e6, fmt.Sprintf("ms-%s-p%d", m.name, percent))
				}
			}
			b.ReportMetric(float64(looks)/float64(b.N), "looks/op")
			b.ReportMetric(0, "ns/op")
			if err := s.Close(); err != nil {
				b.Error(err)
			}
			listening.Wait()
		})
	}
}

// enough skips the benchmark where there are not enough connections.
func enough(b *testing.B) {
	b.Helper()
	const needed = 4*thousand + 100 // two for each learner, and both ends of them
	var open []io.Closer
	defer func() {
		for _, c := range open {
			c.Close()
		}
	}()
	for range needed {
		f, err := os.Open(os.DevNull)
		if err != nil {
			b.Skipf("there are %d files to be open at once, and %d are needed", len(open), needed)
		}
		open = append(open, f)
	}
}

// inUse is how much memory is in use of the heap and of stacks, in bytes.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
