package player

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTheReasonIsTheLineThatSaysSomething(t *testing.T) {
	t.Parallel()
	const fatal = "Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding"
	const frame = "\nCurrent thread 0x00007f8cf8e40b80 (most recent call first):\n  <no Python frame>\n"
	for stderr, want := range map[string]string{
		"":                            "",
		"banner\nno licence\n\n":      "no licence",
		fatal + "\n" + frame:          fatal,
		"KeyError: 1\n" + fatal:       fatal,
		fatal + "\nexplained" + frame: fatal,
		fatal + "\nModuleNotFoundError: No module named 'encodings'\n" + frame: "ModuleNotFoundError: No module named 'encodings'",
		"panic: oh\nValueError: no": "panic: oh",
	} {
		if got := reason(strings.Split(stderr, "\n")); got != want {
			t.Errorf("%q: %q, want %q", stderr, got, want)
		}
	}
}

func TestTheReasonBehindTheLinesThatAreKeptIsTold(t *testing.T) {
	t.Parallel()
	r := &Run{changed: func() {}, begun: true}
	for range maxLines + 5 {
		r.hear(time.Now(), "so far so good")
	}
	for _, line := range []string{"panic: first", "goroutine 1 [running]:", "panic: second"} {
		r.hear(time.Now(), line)
	}
	if got := r.outcome(nil, errors.New("exit status 2"), nil); got.Error() != "exit status 2: panic: first" {
		t.Errorf("%v", got)
	}
	if s := r.Status(); len(s.Output) != maxLines || s.Dropped != 8 {
		t.Errorf("%d lines, %d dropped", len(s.Output), s.Dropped)
	}
}

// A folder for temporary files that is full is told of in one line.
func TestTemporaryFilesWithoutRoom(t *testing.T) {
	t.Parallel()
	write := &fs.PathError{Op: "write", Path: "/tmp/gosyncio-1/harness.py", Err: syscall.ENOSPC}
	for _, err := range []error{write, fmt.Errorf("copy: %w", &fs.PathError{Op: "Copy", Path: "/tmp/gosyncio-1/harness.py", Err: write})} {
		got := withRemedy(unprepared(err).Error())
		want := "no place for temporary files in /tmp: no space left on device; set " + temporaryVariable() + " to a folder with room that can be written to"
		if runtime.GOOS != "windows" && got != want { // which says it in other words
			t.Errorf("%q, want %q", got, want)
		}
	}
}
