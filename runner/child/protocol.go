package child

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"
)

// What a child and its parent say to each other. On stdout the child sends
// frames: a byte for the kind, four for the length, the payload. On stdin
// it waits for the start line; the end of stdin asks it to stop. Its stderr
// carries what the program prints.

// A FrameKind says what a frame holds.
type FrameKind byte

const (
	FrameReady FrameKind = 'R' // JSON Ready: set up, waiting for the start line
	FrameTrace FrameKind = 'T' // bytes of runtime/trace
	FrameDone  FrameKind = 'D' // JSON Done: the program returned
)

// StartLine is the start signal.
const StartLine = "start\n"

// QuietLine is what a child writes to its stderr, as a line of its own,
// before it says that it is ready: what comes before was not printed by what
// it runs. (What comes on stdout does not tell, for two streams have no
// common order.)
const QuietLine = "gosyncio: what follows is printed by the lesson"

// The marks that a child sets with runtime/trace.Log at the start signal and
// at the end. What happens outside them is not its program's.
const (
	MarkCategory = "gosyncio"
	MarkStart    = "start"
	MarkEnd      = "end"
	// LabelCategory is that of what a goroutine calls itself by its pprof labels.
	LabelCategory = "gosyncio label"
)

// Ready is what a child says of itself before the start signal.
type Ready struct {
	Procs int `json:"gomaxprocs"`
}

// Done is what a child measured.
type Done struct {
	Elapsed time.Duration `json:"elapsed_ns"` // from the start signal to the return
	CPU     time.Duration `json:"cpu_ns"`     // user and system time, meanwhile
	MaxRSS  int64         `json:"max_rss_bytes"`
	Memory  int64         `json:"memory_bytes"` // of that, what was not there at the start signal; 0 is unknown
	Err     string        `json:"error"`        // what the program returned
}

// maxFrame is larger than any frame a child sends (the tracer writes 64 KiB
// at a time). More means that the stream is broken.
const maxFrame = 16 << 20

// frameWriter writes frames of one kind. Writers of different kinds share
// the mutex.
type frameWriter struct {
	mu   *sync.Mutex
	w    io.Writer
	kind FrameKind
}

// newFrames are writers of frames to w, one for each kind.
func newFrames(w io.Writer) func(FrameKind) frameWriter {
	var mu sync.Mutex
	return func(kind FrameKind) frameWriter { return frameWriter{&mu, w, kind} }
}

func (f frameWriter) Write(payload []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	header := binary.LittleEndian.AppendUint32([]byte{byte(f.kind)}, uint32(len(payload)))
	if _, err := f.w.Write(header); err != nil {
		return 0, err
	}
	return f.w.Write(payload)
}

// ReadFrames calls handle for each frame until the stream ends. The payload
// is only valid during the call. The error is, or wraps, io.ErrUnexpectedEOF
// if the stream ends within a frame.
func ReadFrames(r io.Reader, handle func(FrameKind, []byte) error) error {
	var header [5]byte
	var payload []byte
	for {
		if _, err := io.ReadFull(r, header[:]); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("read frame: %w", err)
		}
		n := binary.LittleEndian.Uint32(header[1:])
		if n > maxFrame {
			return fmt.Errorf("read frame: %d bytes are too many", n)
		}
		if cap(payload) < int(n) {
			payload = make([]byte, n)
		}
		payload = payload[:n]
		if _, err := io.ReadFull(r, payload); err == io.EOF {
			return fmt.Errorf("read frame: %w", io.ErrUnexpectedEOF)
		} else if err != nil {
			return fmt.Errorf("read frame: %w", err)
		}
		if err := handle(FrameKind(header[0]), payload); err != nil {
			return err
		}
	}
}
