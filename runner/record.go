package runner

import (
	"sync"

	"gosyncio/runner/progress"
)

// A recorder writes what the learner does into the store, in order and
// without keeping anybody waiting.
type recorder struct {
	store *progress.Store // nil keeps nothing

	mu      sync.Mutex
	queue   []func(*progress.State)
	writing bool
	idle    sync.WaitGroup
	notice  string // the last that the store had to say
}

// newRecorder is a recorder of what the learner does. If there is no place
// for that, why says so.
func newRecorder(store *progress.Store, why error) *recorder {
	r := &recorder{store: store}
	if why != nil {
		r.notice = why.Error()
	}
	return r
}

// note writes a change soon.
func (r *recorder) note(change func(*progress.State)) {
	if r.store == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queue = append(r.queue, change)
	if !r.writing {
		r.writing = true
		r.idle.Go(r.write)
	}
}

// write writes what is in the queue until there is no more.
func (r *recorder) write() {
	for {
		r.mu.Lock()
		queue := r.queue
		r.queue = nil
		if len(queue) == 0 {
			r.writing = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		notice, err := r.store.Update(func(s *progress.State) {
			for _, change := range queue {
				change(s)
			}
		})
		r.mu.Lock()
		switch {
		case notice != "":
			r.notice = notice
		case err != nil:
			r.notice = err.Error()
		}
		r.mu.Unlock()
	}
}

// wait waits until all is written.
func (r *recorder) wait() { r.idle.Wait() }

// Notice is the last that went wrong, or was set right; "" if nothing.
func (r *recorder) Notice() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.notice
}

// state is what the store knows by now; empty if there is no store.
func (r *recorder) state() *progress.State {
	if r.store == nil {
		return &progress.State{}
	}
	r.wait()
	state, notice, err := r.store.Load()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case notice != "":
		r.notice = notice
	case err != nil:
		r.notice = err.Error()
	}
	return state
}
