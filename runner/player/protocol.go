package player

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
type frameKind byte

const (
	frameReady frameKind = 'R' // JSON ready: set up, waiting for the start line
	frameTrace frameKind = 'T' // bytes of runtime/trace
	frameDone  frameKind = 'D' // JSON done: the variant returned
)

const startLine = "start\n"

// quietLine is what a child writes to its stderr, as a line of its own,
// before it says that it is ready: what comes before was not printed by the
// lesson. (What comes on stdout does not tell, for two streams have no
// common order.)
const quietLine = "gosyncio: what follows is printed by the lesson"

// maxFrame is larger than any frame a child sends (the tracer writes 64 KiB
// at a time). More means that the stream is broken.
const maxFrame = 16 << 20

type ready struct {
	Procs int `json:"gomaxprocs"`
}

type done struct {
	Elapsed time.Duration `json:"elapsed_ns"` // from the start signal to the variant's return
	CPU     time.Duration `json:"cpu_ns"`     // user and system time, meanwhile
	MaxRSS  int64         `json:"max_rss_bytes"`
	Memory  int64         `json:"memory_bytes"` // of that, what was not there at the start signal; 0 is unknown
	Err     string        `json:"error"`        // what the variant returned
}

// frameWriter writes frames of one kind. Writers of different kinds share
// the mutex.
type frameWriter struct {
	mu   *sync.Mutex
	w    io.Writer
	kind frameKind
}

// newFrames are writers of frames to w, one for each kind.
func newFrames(w io.Writer) func(frameKind) frameWriter {
	var mu sync.Mutex
	return func(kind frameKind) frameWriter { return frameWriter{&mu, w, kind} }
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

// readFrames calls handle for each frame until the stream ends. The payload
// is only valid during the call.
func readFrames(r io.Reader, handle func(frameKind, []byte) error) error {
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
		if _, err := io.ReadFull(r, payload); err != nil {
			return fmt.Errorf("read frame: %w", err)
		}
		if err := handle(frameKind(header[0]), payload); err != nil {
			return err
		}
	}
}
