// Package janitor takes away what the program leaves when it is killed: a
// process of its own watches folders, and waits for the end of the program.
package janitor

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"gosyncio/runner/group"
)

// Command is the argument with which the program starts itself again as a
// janitor.
const Command = "__janitor"

// staff is the janitor of this process. Until Employ there is none, and
// nothing is watched.
var staff struct {
	mu       sync.Mutex
	employed bool
	orders   io.WriteCloser // nil if it has not been needed
	process  *exec.Cmd
}

// Employ has a janitor started as soon as there is a folder to watch. Only a
// program that answers Command may call it.
func Employ() {
	staff.mu.Lock()
	defer staff.mu.Unlock()
	staff.employed = true
}

// Watch has a folder taken away that is still there when the program has
// ended, and what runs in it ended, see Entry. If there is no janitor, or none
// can be started, nothing happens: whoever makes the folder removes it.
func Watch(folder string) {
	staff.mu.Lock()
	defer staff.mu.Unlock()
	if !staff.employed || strings.Contains(folder, "\n") {
		return
	}
	if staff.orders == nil && !start() {
		staff.employed = false
		return
	}
	io.WriteString(staff.orders, folder+"\n") // an error says that it is gone
}

// Entry is in the environment of what runs in a folder: by it is found what
// has left the group of who started it.
func Entry(folder string) string { return "GOSYNCIO_RUN=" + folder }

// Dismiss ends the janitor, who takes away what is still watched, and waits
// until that is done.
func Dismiss() {
	staff.mu.Lock()
	defer staff.mu.Unlock()
	staff.employed = false
	if staff.orders != nil {
		staff.orders.Close()
		staff.process.Wait()
		staff.orders = nil
	}
}

func start() (ok bool) {
	path, name, err := group.Self()
	if err != nil {
		return false
	}
	cmd := exec.Command(path, Command)
	cmd.Args[0] = name
	group.Detach(cmd) // what ends the program is not to end it
	orders, err := cmd.StdinPipe()
	if err != nil || cmd.Start() != nil {
		return false
	}
	staff.orders, staff.process = orders, cmd
	return true
}

// Run is the program as a janitor, which reads what to watch from stdin. It
// returns the exit status.
func Run(stdin io.Reader) int {
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	var watched []string
	for folders := bufio.NewScanner(stdin); folders.Scan(); {
		watched = append(watched, folders.Text())
	}
	code := 0
	for _, folder := range watched {
		if !remove(folder) {
			code = 1
		}
	}
	return code
}

// remove takes away a folder, in which somebody may still be writing for a
// moment, and reports whether it is gone.
func remove(folder string) bool {
	const times, pause = 20, 100 * time.Millisecond
	for range times {
		if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
			return true
		}
		group.Sweep(Entry(folder))
		if os.RemoveAll(folder) == nil {
			return true
		}
		time.Sleep(pause)
	}
	return false
}
