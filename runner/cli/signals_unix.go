//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"

	"gosyncio/runner/follow"
)

// passSignals passes on signals to the programs until what it returns is
// called. Those that end us, too, are told to them when the context ends.
func passSignals(session *follow.Session) (stop func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGUSR2)
	over := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-signals:
				session.Pass(s)
			case <-over:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(over)
	}
}
