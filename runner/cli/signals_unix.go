//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"

	"gosyncio/runner/follow"
)

// passSignals passes on signals to the programs until what it returns is
// called. An interrupt, which ends us, too, is told to them in any case.
func passSignals(session *follow.Session) (stop func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2)
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
