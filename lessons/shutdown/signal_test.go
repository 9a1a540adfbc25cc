//go:build unix

package shutdown

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dieVariable tells the test's own program to send itself SIGTERM, and says
// how it listens for it.
const dieVariable = "GOSYNCIO_TEST_DIES"

// die sends this process SIGTERM, and again if it lives on.
func die(how string) {
	defer fmt.Println("deferred")
	ctx, stop := context.Background(), func() {}
	if how == "listening" {
		ctx, stop = signal.NotifyContext(ctx, syscall.SIGTERM)
	}
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	<-ctx.Done()
	fmt.Println("told")
	stop()
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	time.Sleep(time.Minute)
}

// SIGTERM ends a process that does not listen for it, and no defer runs; so
// does the second, when stop has given the signal back.
func TestSIGTERMEndsAProcessAtOnce(t *testing.T) {
	if how := os.Getenv(dieVariable); how != "" {
		die(how)
		return
	}
	for how, told := range map[string]bool{"deaf": false, "listening": true} {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), dieVariable+"="+how)
		out, err := cmd.Output()
		status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
		if !ok || !status.Signaled() || status.Signal() != syscall.SIGTERM {
			t.Errorf("%s: it ends with %v", how, err)
		}
		if text := string(out); strings.Contains(text, "deferred") || strings.Contains(text, "told") != told {
			t.Errorf("%s: it prints %q", how, text)
		}
	}
}
