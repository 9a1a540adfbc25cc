package progress

import "sync"

// A Journal notes what the learner does: at once in memory, and soon, in
// order, in a Store. Nobody waits for the disk but those who call Load or
// Close. It is for one goroutine, and starts at most one itself, which ends
// when all is written.
//
// The zero Journal keeps what it is told in memory only.
type Journal struct {
	store *Store // nil keeps nothing on disk
	state *State // what is known; nil until something is

	mu      sync.Mutex // guards what the writing goroutine shares
	queue   []func(*State)
	writing bool
	idle    sync.WaitGroup
	notice  string
}

// NewJournal is a Journal that keeps what it is told in store. If there is
// no place for a store it is nil, and why says so.
func NewJournal(store *Store, why error) *Journal {
	j := &Journal{store: store}
	if why != nil {
		j.notice = why.Error()
	}
	return j
}

// Note notes a change. It may be called several times, each time with
// another State, which it must not keep.
func (j *Journal) Note(change func(*State)) {
	change(j.State())
	if j.store == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.queue = append(j.queue, change)
	if !j.writing {
		j.writing = true
		j.idle.Go(j.write)
	}
}

// write writes what is in the queue until there is no more.
func (j *Journal) write() {
	for {
		j.mu.Lock()
		queue := j.queue
		j.queue = nil
		if len(queue) == 0 {
			j.writing = false
			j.mu.Unlock()
			return
		}
		j.mu.Unlock()
		notice, err := j.store.Update(func(s *State) {
			for _, change := range queue {
				change(s)
			}
		})
		j.say(notice, err)
	}
}

// State is what is known: what was loaded last, and what has been noted. It
// is not to be changed, and does not wait for the disk.
func (j *Journal) State() *State {
	if j.state == nil {
		j.state = new(State)
	}
	return j.state
}

// Load waits until all is written, and reads what is known by now to this
// program and to others that share the store. It may take as long as others
// take to write.
func (j *Journal) Load() *State {
	j.Close()
	if j.store != nil {
		state, notice, err := j.store.Load()
		j.say(notice, err)
		j.state = state
	}
	return j.State()
}

// Close waits until all is written. The Journal may be used again.
func (j *Journal) Close() { j.idle.Wait() }

// say keeps what the store had to say.
func (j *Journal) say(notice string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case notice != "":
		j.notice = notice
	case err != nil:
		j.notice = err.Error()
	}
}

// Notice is the last that went wrong, or was set right; "" if nothing was.
func (j *Journal) Notice() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.notice
}
