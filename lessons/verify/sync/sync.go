// Package sync stands for the standard one in what is checked in virtual
// time: who waits for a lock there does not count as waiting, nor who waits for
// a WaitGroup that stands in a package variable, and time stands still
// (golang/go#77687). Here they wait at a channel. The rest is the standard
// package's.
package sync

import "sync"

type (
	Cond   = sync.Cond
	Locker = sync.Locker
	Map    = sync.Map
	Pool   = sync.Pool
)

// NewCond is sync.NewCond.
func NewCond(l Locker) *Cond { return sync.NewCond(l) }

// A Mutex is a sync.Mutex.
type Mutex struct{ rw RWMutex }

func (m *Mutex) Lock()         { m.rw.Lock() }
func (m *Mutex) TryLock() bool { return m.rw.TryLock() }

func (m *Mutex) Unlock() {
	if !m.rw.release(-1) {
		panic("sync: unlock of unlocked mutex")
	}
}

// An RWMutex is a sync.RWMutex: who waits to write is before those who come
// later to read.
type RWMutex struct {
	mu      sync.Mutex // held for a few instructions, never while anybody waits
	holders int        // how many read; -1 if one writes
	waiting []waiter   // in the order in which they came
}

// A waiter is who waits to read or to write.
type waiter struct {
	write bool
	turn  chan struct{} // closed when it holds the lock
}

func (m *RWMutex) Lock() { m.lock(true) }

func (m *RWMutex) RLock() { m.lock(false) }

func (m *RWMutex) TryLock() bool { return m.tries(true) }

func (m *RWMutex) TryRLock() bool { return m.tries(false) }

func (m *RWMutex) Unlock() {
	if !m.release(-1) {
		panic("sync: Unlock of unlocked RWMutex")
	}
}

func (m *RWMutex) RUnlock() {
	if !m.release(1) {
		panic("sync: RUnlock of unlocked RWMutex")
	}
}

// RLocker is the lock of those who read.
func (m *RWMutex) RLocker() Locker { return reader{m} }

type reader struct{ m *RWMutex }

func (r reader) Lock()   { r.m.RLock() }
func (r reader) Unlock() { r.m.RUnlock() }

func (m *RWMutex) lock(write bool) {
	m.mu.Lock()
	if m.take(write, len(m.waiting) > 0) {
		m.mu.Unlock()
		return
	}
	turn := make(chan struct{})
	m.waiting = append(m.waiting, waiter{write, turn})
	m.mu.Unlock()
	<-turn
}

func (m *RWMutex) tries(write bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.take(write, len(m.waiting) > 0)
}

// take takes the lock if it is free and nobody is before.
func (m *RWMutex) take(write, before bool) bool {
	switch {
	case before, m.holders < 0, write && m.holders > 0:
		return false
	case write:
		m.holders = -1
	default:
		m.holders++
	}
	return true
}

// release gives the lock back, and to those whose turn it is. It is false if
// nobody held it in that way: holders is 1 for one who reads, -1 for one who
// writes.
func (m *RWMutex) release(holders int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.holders*holders <= 0 {
		return false
	}
	m.holders -= holders
	for len(m.waiting) > 0 && m.take(m.waiting[0].write, false) {
		close(m.waiting[0].turn)
		m.waiting = m.waiting[1:]
	}
	return true
}
