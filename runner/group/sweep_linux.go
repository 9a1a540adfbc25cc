package group

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
// environment, without those that were killed and have only not come to end,
// as on a busy machine. Only on Linux can they be found.
func Count(entry string) int { return len(slices.DeleteFunc(having([]byte(entry)), dying)) }

// dying reports whether a process was killed or is about to exit: it runs
// nothing of its program any more. What the kernel says is explained in
// proc(5), and the flags in its include/linux/sched.h.
func dying(pid int) bool {
	const (
		killed  = 1 << (syscall.SIGKILL - 1) // in a set of signals
		exiting = 0x4                        // PF_EXITING
		fatal   = 0x400                      // PF_SIGNALED: by a signal that has been taken
	)
	folder := filepath.Join("/proc", strconv.Itoa(pid))
	status, err := os.ReadFile(filepath.Join(folder, "status"))
	if err != nil {
		return true // it has ended
	}
	for line := range bytes.Lines(status) {
		name, set, _ := strings.Cut(strings.TrimSpace(string(line)), ":\t")
		if name != "SigPnd" && name != "ShdPnd" {
			continue
		}
		if pending, err := strconv.ParseUint(set, 16, 64); err == nil && pending&killed != 0 {
			return true
		}
	}
	// Once the signal has been taken, the flags tell: they are read after it.
	stat, err := os.ReadFile(filepath.Join(folder, "stat"))
	if err != nil {
		return true
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const flags = 6 // behind the name, which is the second
	if len(fields) <= flags {
		return false
	}
	set, err := strconv.ParseUint(fields[flags], 10, 64)
	return err == nil && set&(exiting|fatal) != 0
}

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
