package group

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// Sweep ends the processes that have the entry "name=value" in their
// environment, whatever group they are in: what a child has left that leads
// a group, or a session, of its own. Only on Linux can they be found.
func Sweep(entry string) {
	const most = 50 // rounds: who is ended may just have started another
	for range most {
		if !sweep([]byte(entry)) {
			return
		}
	}
}

func sweep(entry []byte) (found bool) {
	for _, pid := range having(entry) {
		if pid != os.Getpid() {
			found = syscall.Kill(pid, syscall.SIGKILL) == nil || found
		}
	}
	return found
}

// Count is how many processes have the entry "name=value" in their
// environment. Only on Linux can they be found.
func Count(entry string) int { return len(having([]byte(entry))) }

func having(entry []byte) (pids []int) {
	paths, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range paths {
		text, err := os.ReadFile(path) // of another user's it cannot be read
		if err != nil || !slices.ContainsFunc(bytes.Split(text, []byte{0}), func(e []byte) bool { return bytes.Equal(e, entry) }) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
