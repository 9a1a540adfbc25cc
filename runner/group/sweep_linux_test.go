package group

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Who was killed is not counted, though the kernel has not ended it yet.
func TestWhoIsCounted(t *testing.T) {
	t.Parallel()
	entry := "GOSYNCIO_TEST_COUNTED=" + t.TempDir()
	for range 20 {
		cmd := exec.Command("sleep", "60")
		cmd.Env = append(os.Environ(), entry)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for late := time.Now().Add(time.Minute); Count(entry) == 0; time.Sleep(time.Millisecond) { // until the kernel has given it its environment
			if time.Now().After(late) {
				t.Fatal("who runs is not counted")
			}
		}
		if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		if n := Count(entry); n != 1 {
			t.Errorf("%d processes are there, of which one is stopped", n)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if n := Count(entry); n != 0 {
			t.Errorf("%d processes run on that were killed", n)
		}
		cmd.Wait()
	}
}
