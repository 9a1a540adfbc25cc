//go:build !linux

package runner

import (
	"io"
	"syscall"
)

// Only on Linux the tests' shell knows jobs.

func asJob() *syscall.SysProcAttr { return nil }

func reportStops(job int, report io.Writer) {}

func foreground(job int) {}
