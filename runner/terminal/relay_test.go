//go:build unix

package terminal

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
)

func relayed(t *testing.T) (cancel context.CancelFunc, reader, out *os.File, end func()) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close(); writer.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	streams, flush := Streams{Out: writer}.Relayed(ctx)
	if streams.Out == writer {
		t.Fatal("a pipe is not relayed")
	}
	return cancel, reader, streams.Out, func() { flush(); writer.Close() }
}

// All that is written comes out, however much it is.
func TestWhatIsRelayedArrives(t *testing.T) {
	t.Parallel()
	_, reader, out, end := relayed(t)
	text := strings.Repeat("0123456789", 100_000)
	go func() {
		io.WriteString(out, text)
		end()
	}()
	if got, err := io.ReadAll(reader); err != nil || string(got) != text {
		t.Errorf("%d bytes, %v, want %d", len(got), err, len(text))
	}
}

// Nobody reads: as long as that may change it is waited for, and then not.
func TestNobodyReadsWhatIsRelayed(t *testing.T) {
	t.Parallel()
	cancel, _, out, end := relayed(t)
	written := make(chan error, 1)
	go func() {
		_, err := io.WriteString(out, strings.Repeat("x", 1<<20))
		written <- err
	}()
	cancel()
	if err := <-written; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("written: %v", err)
	}
	end()
}

// Whoever has seen enough is noticed.
func TestTheReaderOfWhatIsRelayedIsGone(t *testing.T) {
	t.Parallel()
	_, reader, out, end := relayed(t)
	reader.Close()
	for {
		if _, err := io.WriteString(out, "x"); err != nil {
			if !errors.Is(err, syscall.EPIPE) {
				t.Error(err)
			}
			break
		}
	}
	end()
}

// A file needs none.
func TestAFileIsNotRelayed(t *testing.T) {
	t.Parallel()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if streams, _ := (Streams{Out: file}).Relayed(t.Context()); streams.Out != file {
		t.Error("it is")
	}
}
