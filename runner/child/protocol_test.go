package child

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
)

func FuzzReadFrames(f *testing.F) {
	f.Add([]byte("R\x02\x00\x00\x00{}D\x02\x00\x00\x00{}"))
	f.Add([]byte("T\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read := 0
		ReadFrames(bytes.NewReader(data), func(_ FrameKind, payload []byte) error {
			read += 5 + len(payload)
			return nil
		})
		if read > len(data) {
			t.Errorf("%d bytes of frames from %d bytes", read, len(data))
		}
	})
}

func TestFramesComeBackAsTheyWereSent(t *testing.T) {
	var b bytes.Buffer
	w := newFrames(&b)
	w(FrameReady).Write([]byte("one"))
	w(FrameTrace).Write(nil)
	w(FrameTrace).Write(bytes.Repeat([]byte("t"), 1<<16))
	var got []string
	err := ReadFrames(&b, func(kind FrameKind, payload []byte) error {
		got = append(got, string(kind)+string(payload[:min(len(payload), 3)]))
		return nil
	})
	if want := []string{"Rone", "T", "Tttt"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("frames = %q, error %v; want %q", got, err, want)
	}
}

// A child that dies may break off anywhere.
func TestFramesThatAreCutOff(t *testing.T) {
	stream := []byte("R\x02\x00\x00\x00{}T\x00\x00\x00\x00")
	whole := []int{0, 7, len(stream)}
	for n := range len(stream) + 1 {
		err := ReadFrames(bytes.NewReader(stream[:n]), func(FrameKind, []byte) error { return nil })
		if slices.Contains(whole, n) {
			if err != nil {
				t.Errorf("after %d bytes: %v", n, err)
			}
		} else if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("after %d bytes: %v, want %v", n, err, io.ErrUnexpectedEOF)
		}
	}
}
