//go:build !cgo

package child

// Cgo says that this program was built with cgo.
const Cgo = false
