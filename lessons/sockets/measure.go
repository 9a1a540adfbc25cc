package sockets

import (
	"errors"
	"fmt"
	"runtime/pprof"
	"syscall"
)

// share is how much memory each of n connections takes, to the nearest
// thousand bytes, if the process had before bytes resident without and
// has after with them. What the kernel keeps for a socket is not in it,
// and with fewer than a hundred the rest of the process outweighs them.
func share(before, after int64, n int) string {
	switch {
	case before == 0 || after == 0:
		return "unknown"
	case n < 100:
		return "unknown with fewer than 100"
	}
	each := max(0, after-before) / int64(n)
	return fmt.Sprintf("%d KB", (each+500)/1000)
}

// explain says what to do if err is a limit of the system's that so many
// clients ran into.
func explain(err error, clients int) error {
	switch {
	case errors.Is(err, syscall.EMFILE):
		return tooFewFiles(clients)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("no free port for one more of %d connections: choose fewer clients, or try again in a minute", clients)
	}
	return err
}

// tooFewFiles says that the limit on open files is too low.
func tooFewFiles(clients int) error {
	limit := "a number of"
	if n, ok := fileLimit(); ok {
		limit = fmt.Sprint(n)
	}
	return fmt.Errorf("a process may have %s files open here, too few for %d clients: raise the limit with ulimit -n, or choose fewer clients", limit, clients)
}

// threadsCreated is how many threads the process has started, which is at
// least as many as it has.
func threadsCreated() int { return pprof.Lookup("threadcreate").Count() }
