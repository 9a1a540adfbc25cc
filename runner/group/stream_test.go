package group

import (
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A child's streams are read to their end, however slowly.
func TestAStreamIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s := newStream(from)
	defer s.Close()
	if _, err := to.WriteString("abc"); err != nil {
		t.Fatal(err)
	}
	to.Close()
	s.Orphan()
	for _, want := range []string{"a", "b", "c", ""} {
		p := make([]byte, 1)
		n, err := s.Read(p)
		if string(p[:n]) != want || (err == io.EOF) != (want == "") {
			t.Errorf("read %q, error %v, want %q", p[:n], err, want)
		}
	}
}

// Whoever the child has left behind may hold on to its streams, be silent, or
// write without an end: they end.
func TestAStreamOfAnOrphan(t *testing.T) {
	t.Parallel()
	for _, writes := range []bool{false, true} {
		from, to, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		s := newStream(from)
		read := make(chan int64, 1)
		go func() {
			n, err := io.Copy(io.Discard, s)
			if err != nil {
				t.Error(err)
			}
			read <- n
		}()
		if _, err := to.WriteString("abc"); err != nil {
			t.Fatal(err)
		}
		if writes {
			go func() {
				for {
					if _, err := to.WriteString(strings.Repeat("x", 4096)); err != nil {
						return
					}
				}
			}()
		}
		s.Orphan()
		if n := <-read; n < 3 || !writes && n != 3 {
			t.Errorf("%d bytes are read", n)
		}
		s.Close()
		to.Close()
	}
}

// Nothing is lost where the child's end meets who reads.
func TestAStreamIsOrphanedWhileItIsRead(t *testing.T) {
	t.Parallel()
	var reading sync.WaitGroup
	for range 2000 {
		from, to, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		s := newStream(from)
		reading.Go(func() {
			defer to.Close()
			defer s.Close()
			if text, err := io.ReadAll(s); err != nil || string(text) != "abc" {
				t.Errorf("%q, %v", text, err)
			}
		})
		if _, err := to.WriteString("abc"); err != nil {
			t.Fatal(err)
		}
		s.Orphan()
		if reading.Wait(); t.Failed() {
			return
		}
	}
}

// All that a child wrote is there, also where it has left somebody behind, in
// a session of its own, who holds its streams open.
func TestRun(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	var stdout, stderr bytes.Buffer
	cmd := Command(t.Context(), "sh", "-c", "echo out; echo err >&2; exit 3")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if status, err := Run(cmd); status != 3 || err != nil || stdout.String() != "out\n" || stderr.String() != "err\n" {
		t.Errorf("status %d, %v, %q and %q", status, err, stdout.String(), stderr.String())
	}
	var both bytes.Buffer
	cmd = Command(t.Context(), "sh", "-c", "echo one; echo two >&2; echo three")
	cmd.Stdout, cmd.Stderr = &both, &both
	if status, err := Run(cmd); status != 0 || err != nil || both.String() != "one\ntwo\nthree\n" {
		t.Errorf("status %d, %v, %q", status, err, both.String())
	}
}

// Who leads a session of its own, and holds on to the streams, is left, not
// waited for, and can be found.
func TestSweep(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can processes be found")
	}
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip(err)
	}
	var out bytes.Buffer
	there := filepath.Join(t.TempDir(), "there")
	cmd := Command(t.Context(), "sh", "-c", "setsid -f sh -c 'echo in >"+there+"; exec sleep 3600'; until [ -s "+there+" ]; do sleep 0.01; done; echo out")
	entry := "GROUP_TEST=" + rand.Text()
	cmd.Env = append(os.Environ(), entry)
	cmd.Stdout, cmd.Stderr = &out, &out
	defer Sweep(entry)
	if status, err := Run(cmd); status != 0 || err != nil || out.String() != "out\n" {
		t.Errorf("status %d, %v, %q", status, err, out.String())
	}
	await := func(n int) {
		const patience = time.Minute
		for begin := time.Now(); Count(entry) != n; time.Sleep(time.Millisecond) { // while it becomes another program, it has no environment
			if time.Since(begin) > patience {
				t.Fatalf("%d processes are left, want %d", Count(entry), n)
			}
		}
	}
	await(1)
	Sweep(entry)
	await(0)
}

func TestAProgramThatIsNotThere(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	cmd := Command(t.Context(), filepath.Join(t.TempDir(), "nosuch"))
	cmd.Stdout, cmd.Stderr = &out, &out
	if _, err := Run(cmd); err == nil {
		t.Error("it ran")
	}
}
