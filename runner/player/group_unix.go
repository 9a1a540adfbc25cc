//go:build unix

package player

import "syscall"

// endGroup ends what a child that led a group of processes has left in it.
func endGroup(leader int) {
	syscall.Kill(-leader, syscall.SIGKILL) // mostly there is nobody
}
