package termtest

import (
	"os"
	"syscall"
	"testing"
)

// Executable writes a program to a new file. No process is started meanwhile,
// which would inherit the file open for writing: as long as it is, nobody can
// execute it (golang/go#22315).
func Executable(t testing.TB, path, program string) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(path, []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
}
