// Package cpubound computes: the same job several
// times, one after the other and in goroutines, and
// then beside a ticker.
package cpubound

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// burn keeps a CPU busy: size times it hashes a block of
// 1 KiB and writes the hash into the block.
func burn(name string, size int) string {
	block := make([]byte, 1024)
	copy(block, name)
	for range size {
		hash := sha256.Sum256(block)
		copy(block, hash[:])
	}
	return hex.EncodeToString(block[:4])
}

// job burns and says what came of it. It never waits.
func job(ctx context.Context, name string, size int) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Printf("%s: %s\n", name, burn(name, size))
}

// Sequential does one job after the other.
func Sequential(ctx context.Context,
	n, size int) error {
	for i := range n {
		job(ctx, fmt.Sprint("job ", i+1), size)
	}
	return nil
}

// Concurrent gives every job a goroutine. How many of
// them compute at once is up to GOMAXPROCS.
func Concurrent(ctx context.Context,
	n, size int) error {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			job(ctx, fmt.Sprint("job ", i+1), size)
		})
	}
	wg.Wait()
	return nil
}

// hog burns for as long as two jobs, in one go.
func hog(ctx context.Context, name string, size int) {
	defer trace.StartRegion(ctx, name).End()
	burn(name, 2*size)
	fmt.Println(name, "done")
}

// tick counts the ticks, one each millisecond, that
// reach it before done is closed.
func tick(ctx context.Context, name string,
	done <-chan struct{}) int {
	defer trace.StartRegion(ctx, name).End()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for ticks := 0; ; ticks++ {
		select {
		case <-ticker.C:
		case <-done:
			return ticks
		}
	}
}

// Ticker runs a ticker beside a hog.
func Ticker(ctx context.Context, size int) error {
	start := time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		hog(ctx, "hog", size)
	}()
	ticks := tick(ctx, "ticker", done)
	due := int(time.Since(start) / time.Millisecond)
	fmt.Println(ticks, "of", due, "ticks came in time")
	return nil
}
