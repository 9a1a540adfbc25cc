//go:build cgo

package child

// Cgo says that this program was built with cgo. Threads of C may then wake
// a goroutine at any time, so that Go never says that all of them are asleep.
const Cgo = true
