// Package leaks asks several servers, round after round,
// and takes the first answer of each round. What becomes
// of the other servers is what its variants differ in.
package leaks

import (
	"context"
	"fmt"
	"runtime"
	"runtime/trace"
	"time"
)

// ask sends the answer of a server, which takes d.
func ask(ctx context.Context, name string,
	d time.Duration, answers chan<- string) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
	answers <- "the answer of " + name
}

// first asks all servers at once, and returns the answer
// that comes first. Server n takes n times each.
func first(ctx context.Context, round, servers int,
	each time.Duration) string {
	answers := make(chan string)
	for n := range servers {
		name := fmt.Sprintf("%d.%d", round, n+1)
		d := time.Duration(n+1) * each
		go ask(ctx, name, d, answers)
	}
	return <-answers
}

// play makes the rounds, waits for those that are slower,
// and says how many goroutines are left.
func play(rounds int, slowest time.Duration,
	round func(n int)) {
	before := runtime.NumGoroutine()
	for n := range rounds {
		round(n + 1)
	}
	fmt.Println(rounds, "answers")
	time.Sleep(slowest)
	fmt.Println(runtime.NumGoroutine()-before, "are left")
}

// Abandoned takes the first answer, and leaves the other
// servers to themselves.
func Abandoned(ctx context.Context,
	rounds, servers int, each time.Duration) {
	slowest := time.Duration(servers) * each
	play(rounds, slowest, func(n int) {
		first(ctx, n, servers, each)
	})
}

// roomy is first with room in the channel.
func roomy(ctx context.Context, round, servers, room int,
	each time.Duration) string {
	answers := make(chan string, room)
	for n := range servers {
		name := fmt.Sprintf("%d.%d", round, n+1)
		d := time.Duration(n+1) * each
		go ask(ctx, name, d, answers)
	}
	return <-answers
}

// Buffered is Abandoned with room for so many answers that
// nobody takes.
func Buffered(ctx context.Context,
	rounds, servers, room int, each time.Duration) {
	slowest := time.Duration(servers) * each
	play(rounds, slowest, func(n int) {
		roomy(ctx, n, servers, room, each)
	})
}

// listen is ask, and gives up when ctx ends.
func listen(ctx context.Context, name string,
	d time.Duration, answers chan<- string) {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(d):
		answers <- "the answer of " + name
	case <-ctx.Done():
	}
}

// only is first, and tells the other servers to stop.
func only(ctx context.Context, round, servers int,
	each time.Duration) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string, servers)
	for n := range servers {
		name := fmt.Sprintf("%d.%d", round, n+1)
		d := time.Duration(n+1) * each
		go listen(ctx, name, d, answers)
	}
	return <-answers
}

// Cancelled takes the first answer, and cancels the rest.
func Cancelled(ctx context.Context,
	rounds, servers int, each time.Duration) {
	slowest := time.Duration(servers) * each
	play(rounds, slowest, func(n int) {
		only(ctx, n, servers, each)
	})
}
