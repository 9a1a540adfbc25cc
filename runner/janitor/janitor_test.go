package janitor

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// asVictim makes the test binary a program that watches a folder and is killed
// in the middle.
const asVictim = "GOSYNCIO_TEST_VICTIM"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == Command {
		os.Exit(Run(os.Stdin))
	}
	if folder := os.Getenv(asVictim); folder != "" {
		Employ()
		Watch(filepath.Join(folder, "watched"))
		if os.Getenv("DISMISSES") != "" {
			Dismiss()
			os.Exit(0)
		}
		os.Stdout.WriteString("watched\n")
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

// victim starts a program that watches a folder among others.
func victim(t *testing.T, more ...string) (cmd *exec.Cmd, folder string) {
	t.Helper()
	folder = t.TempDir()
	for _, name := range []string{"watched/within", "other"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), asVictim+"="+folder, "GORACE=atexit_sleep_ms=0"), more...)
	return cmd, folder
}

// What was watched is taken away when the program is killed, and nothing else.
func TestAProgramThatIsKilled(t *testing.T) {
	t.Parallel()
	cmd, folder := victim(t)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := stdout.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	for late := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if left, err := os.ReadDir(folder); err != nil || time.Now().After(late) {
			t.Fatalf("%v, left: %v", err, left)
		} else if len(left) == 1 && left[0].Name() == "other" {
			return
		}
	}
}

// Who is dismissed takes away what is watched, first.
func TestDismiss(t *testing.T) {
	t.Parallel()
	cmd, folder := victim(t, "DISMISSES=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 || left[0].Name() != "other" {
		t.Errorf("%v, left: %v", err, left)
	}
}

// Without a janitor nothing happens, and what is gone already is well.
func TestNothingToTakeAway(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	Watch(folder)
	if code := Run(strings.NewReader(filepath.Join(folder, "nosuch") + "\n")); code != 0 {
		t.Errorf("status %d", code)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error(err)
	}
}
