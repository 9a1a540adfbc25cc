package follow_test

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"gosyncio/runner/follow"
)

// churn is a program that starts very many goroutines, each of which sleeps for
// a moment, for as long as its argument says.
const churn = `
-- go.mod --
module example.com/churn
go 1.26
-- main.go --
package main

import (
	"os"
	"time"
)

func main() {
	length, _ := time.ParseDuration(os.Args[1])
	const perTick = 100 // 20,000 in a second
	tick := time.NewTicker(5 * time.Millisecond)
	for begin := time.Now(); time.Since(begin) < length; <-tick.C {
		for range perTick {
			go worker()
		}
	}
}

func worker() { time.Sleep(2 * time.Millisecond) }
`

// What is kept of a program that starts 20,000 goroutines a second is bounded:
// the bytes, and how far back is known.
func BenchmarkMemory(b *testing.B) {
	needGo(b)
	const length = 15 * time.Second // as many as 1,000 a second for five minutes
	program := built(b, surroundings(), module(b, churn), length.String())
	var before, after, most runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ResetTimer()
	session := follow.Start(b.Context(), []*follow.Program{program}, follow.Streams{})
	for ticks := time.Tick(100 * time.Millisecond); !session.Ended(); <-ticks {
		runtime.ReadMemStats(&after)
		if after.HeapAlloc > most.HeapAlloc {
			most = after
		}
	}
	session.Wait()
	b.StopTimer()
	r := session.Runs[0]
	if status := r.Status(); status.Err != "" {
		b.Error(status.Err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	const mega = 1 << 20
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/mega, "MB-kept")
	b.ReportMetric(float64(most.HeapAlloc)/mega, "MB-heap")
	b.ReportMetric((r.Status().Elapsed - r.Timeline.Since()).Seconds(), "s-back")
	b.ReportMetric(float64(len(r.Timeline.Snapshot())), "lanes")
	b.ReportMetric(0, "ns/op")
}

// busy is a program with 1,000 goroutines that sleep, and pass on what they
// have through channels.
const busy = `
-- go.mod --
module example.com/busy
go 1.26
-- main.go --
package main

import (
	"sync"
	"time"
)

func main() {
	results := make(chan int)
	var working sync.WaitGroup
	for n := range 1000 {
		working.Go(func() { worker(n, results) })
	}
	go func() { working.Wait(); close(results) }()
	sum := 0
	for n := range results {
		sum += n
	}
	println(sum)
}

func worker(n int, results chan<- int) {
	for range 20 {
		time.Sleep(10 * time.Millisecond)
		for i := range 20_000 {
			n ^= n<<1 + i
		}
		results <- n
	}
}
`

// BenchmarkCost compares a program that is followed with the same that is not.
func BenchmarkCost(b *testing.B) {
	needGo(b)
	folder := module(b, busy)
	plain := filepath.Join(b.TempDir(), "plain")
	build := exec.Command("go", "build", "-o", plain, ".")
	build.Dir, build.Env = folder, surroundings()
	if text, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, text)
	}
	var followed, alone time.Duration
	for b.Loop() {
		program := built(b, surroundings(), folder)
		session := follow.Start(b.Context(), []*follow.Program{program}, follow.Streams{})
		session.Wait()
		if status := session.Runs[0].Status(); status.Err != "" {
			b.Fatal(status.Err)
		}
		followed += session.Runs[0].Status().Elapsed
		begin := time.Now()
		if err := exec.Command(plain).Run(); err != nil {
			b.Fatal(err)
		}
		alone += time.Since(begin)
	}
	b.ReportMetric(followed.Seconds()/alone.Seconds(), "followed/alone")
	b.ReportMetric(alone.Seconds()*1000/float64(b.N), "ms-alone")
	b.ReportMetric(0, "ns/op")
}
