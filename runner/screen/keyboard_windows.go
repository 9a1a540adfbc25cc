package screen

import (
	"context"
	"fmt"
	"os"
)

// A keyboard is the console's input. When it can no longer be read it says
// so: Bubble Tea would wait for ever.
type keyboard struct {
	*os.File
	gone context.CancelCauseFunc
}

func newKeyboard(file *os.File, gone context.CancelCauseFunc) (*keyboard, error) {
	return &keyboard{file, gone}, nil
}

func (k *keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if err != nil {
		k.gone(fmt.Errorf("read a key: %w", err))
	}
	return n, err
}

// start and stop do nothing: Bubble Tea ends reading a console by itself.
func (k *keyboard) start() error { return nil }
func (k *keyboard) stop()        {}
func (k *keyboard) release()     {}
