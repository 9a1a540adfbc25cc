package progress

import "sync"

// A Journal notes what the learner does: at once in memory, and soon, in
// order, in a Store. Nobody waits for the disk but those who call Load or
// Close. It is for one goroutine, and starts at most one itself, which ends
// when all is written.
//
// The zero Journal keeps what it is told in memory only, and that is as it
// should be: Close has nothing to say.
type Journal struct {
	// Told is called with what is known by now after each change that is noted,
	// and after each Load. It must not keep the State. nil is nobody.
	Told func(*State)

	store *Store // nil keeps nothing on disk
	why   error  // there is no store, though there should be
	state *State // what is known; nil until something is

	mu      sync.Mutex // guards what the writing goroutine shares
	queue   []func(*State)
	writing bool
	idle    sync.WaitGroup

	unread  error  // why what was known could not be read; nil if it was
	unsaved error  // why the last that was noted is not in the store; nil if it is
	lost    error  // why something never will be; nil if all can
	aside   string // says that a file was set aside; "" if none was
}

// NewJournal is a Journal that keeps what it is told in store. If there is
// no place for a store it is nil, and why, a *fault.Error, says so.
func NewJournal(store *Store, why error) *Journal {
	return &Journal{store: store, why: why, unread: why}
}

// Note notes a change. It may be called several times, each time with
// another State, which it must not keep.
func (j *Journal) Note(change func(*State)) {
	change(j.State())
	j.tell()
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
		j.saved(j.store.Update(func(s *State) {
			for _, change := range queue {
				change(s)
			}
		}))
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
// take to write. What could not be read is in Unread.
func (j *Journal) Load() *State {
	j.settle()
	if j.store != nil {
		state, notice, err := j.store.Load()
		j.said(&j.unread, notice, err)
		j.state = state
	}
	j.tell()
	return j.State()
}

func (j *Journal) tell() {
	if j.Told != nil {
		j.Told(j.State())
	}
}

// Close waits until all is written; what could not be is tried once more. The
// error says what is lost if the program ends now, it is a *fault.Error. The
// Journal may be used again.
func (j *Journal) Close() error {
	j.settle()
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.lost != nil:
		return notSaved(new(State), j.lost)
	case j.unsaved != nil:
		return notSaved(j.store.Unsaved(), j.unsaved)
	case j.why != nil && !j.State().Empty():
		return notSaved(j.State(), j.why)
	}
	return nil
}

// settle waits until all is written that can be.
func (j *Journal) settle() {
	j.idle.Wait()
	if j.unsaved != nil { // nobody writes
		j.saved(j.store.Retry())
	}
}

// saved keeps what the store said when it saved.
func (j *Journal) saved(notice string, err error) {
	switch {
	case err == nil:
		j.said(&j.unsaved, notice, nil)
		j.said(&j.unread, "", nil) // it was, to be added to
	case j.store.Unsaved() == nil:
		j.said(&j.lost, notice, err)
	default:
		j.said(&j.unsaved, notice, err)
	}
}

// said keeps what the store said, the error in *place.
func (j *Journal) said(place *error, notice string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	*place = err
	if notice != "" {
		j.aside = notice
	}
}

// Unread says why what was known of the learner could not be read, as a
// *fault.Error; it is nil if it was.
func (j *Journal) Unread() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.unread
}

// Notice is what is wrong now, or was set right; "" if nothing is.
func (j *Journal) Notice() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, err := range []error{j.lost, j.unsaved, j.unread} {
		if err != nil {
			return err.Error()
		}
	}
	return j.aside
}
