package prompt

import (
	"context"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// listen lets survey read the console. On Windows it does so by itself and
// reads keys, not bytes, so that there is nothing to filter. When ctx is
// done, it is woken with a Ctrl-C that nobody has pressed. A console does not
// tell here of a new size, whatever again. The caller must close the input.
func listen(ctx context.Context, file *os.File, again bool) (input, error) {
	in := &consoleInput{file: file, woken: make(chan struct{})}
	in.stop = context.AfterFunc(ctx, func() {
		pressInterrupt(windows.Handle(file.Fd()))
		close(in.woken)
	})
	return in, nil
}

// A consoleInput is a console that survey reads.
type consoleInput struct {
	file  *os.File
	stop  func() bool
	woken chan struct{}
}

func (in *consoleInput) Read(p []byte) (int, error) { return in.file.Read(p) }
func (in *consoleInput) Fd() uintptr                { return in.file.Fd() }
func (in *consoleInput) failure() error             { return nil }
func (in *consoleInput) suspend() bool              { return true }

func (in *consoleInput) close() {
	if !in.stop() {
		<-in.woken
	}
}

// pressInterrupt adds Ctrl-C to what has been typed.
func pressInterrupt(console windows.Handle) {
	// An INPUT_RECORD with a KEY_EVENT_RECORD in it.
	record := struct {
		eventType       uint16
		_               uint16
		keyDown         int32
		repeatCount     uint16
		virtualKeyCode  uint16
		virtualScanCode uint16
		unicodeChar     uint16
		controlKeyState uint32
	}{eventType: 1, keyDown: 1, repeatCount: 1, virtualKeyCode: 'C', unicodeChar: 3}
	var written uint32
	write := windows.NewLazySystemDLL("kernel32.dll").NewProc("WriteConsoleInputW")
	_, _, _ = write.Call(uintptr(console), uintptr(unsafe.Pointer(&record)), 1, uintptr(unsafe.Pointer(&written)))
}
