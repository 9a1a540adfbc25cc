package class

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"gosyncio/runner/durable"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// kept is a class as it stands in a file, with whoever has joined and how they
// have voted. Nothing in it lets anybody vote for them: of tokens there are only
// the hashes.
type kept struct {
	Format   int           `json:"format"`
	Title    string        `json:"title"`
	Address  string        `json:"address"` // that it listens at
	URL      string        `json:"url"`
	Code     string        `json:"code"`
	Joined   int           `json:"joined"`
	Learners []keptLearner `json:"learners"`
	Asked    []keptBallot  `json:"asked"`
	Current  int           `json:"current"` // of those; -1 is none
}

type keptLearner struct {
	Hash   string    `json:"hash"`
	Number int       `json:"number"`
	Nick   string    `json:"nick,omitempty"`
	Report Report    `json:"report,omitzero"`
	Help   bool      `json:"help,omitempty"`
	Since  time.Time `json:"since,omitzero"`
}

type keptBallot struct {
	Question Question `json:"question"`
	Rounds   []round  `json:"rounds"`
	Open     bool     `json:"open"`
	Revealed bool     `json:"revealed"`
}

// keptFormat grows when a field comes to mean something else.
const keptFormat = 1

// keep is how long changes are gathered before they are written: what comes in
// the last moment before a crash is lost.
const keep = 100 * time.Millisecond

// A store is the file of a class. While it is open no other program has it.
type store struct {
	path string // "" keeps nothing
	lock *flock.Flock
}

// day is how long a class can go on after it broke off: nobody comes back to it
// the day after.
const day = 12 * time.Hour

// open takes the file at path, and the class in it; nil if there is none, or one
// that broke off long ago. The error is a *fault.Error.
func open(path string, now time.Time) (*store, *kept, error) {
	if path == "" {
		return &store{}, nil, nil
	}
	failed := func(err error) error {
		return &fault.Error{What: fmt.Sprintf("cannot keep the class in %s: %v", terminal.Printable(path), err), Next: "see that the folder can be written to", Err: err}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, failed(err)
	}
	s := &store{path, flock.New(path+".lock", flock.SetPermissions(0o600))}
	locked, err := s.lock.TryLock()
	if err != nil {
		return nil, nil, failed(err)
	}
	k, err := readFile(path)
	if info, e := os.Stat(path); e == nil && locked && now.Sub(info.ModTime()) > day {
		return s, nil, nil
	}
	if !locked {
		return nil, nil, presented(k)
	}
	if err != nil {
		s.lock.Unlock()
		return nil, nil, &fault.Error{
			What: fmt.Sprintf("%s does not hold a class that can go on: %v", terminal.Printable(path), err),
			Next: "move it away to begin a new class", Err: err,
		}
	}
	return s, k, nil
}

// presented is the error for a class that another program has.
func presented(k *kept) error {
	f := &fault.Error{What: "a class is being held already", Next: "end that one first"}
	if k != nil {
		f.What += " at " + terminal.Printable(k.URL)
	}
	return f
}

// readFile reads a class; nil if there is none.
func readFile(path string) (*kept, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k := new(kept)
	if err := json.Unmarshal(data, k); err != nil {
		return nil, err
	}
	return k, k.check()
}

// check says what is wrong with a class from a file.
func (k *kept) check() error {
	if k.Format > keptFormat {
		return errors.New("it is of a newer version")
	}
	if len(k.Code) != codeLength || strings.Trim(k.Code, codeLetters) != "" || k.Current < -1 || k.Current >= len(k.Asked) {
		return errors.New("it is damaged")
	}
	for _, b := range k.Asked {
		if len(b.Question.Answers) == 0 {
			return errors.New("a question has no answers")
		}
		if len(b.Rounds) == 0 {
			return errors.New("a question has no votes")
		}
		for _, votes := range b.Rounds {
			if votes == nil {
				return errors.New("a round has no votes")
			}
			for _, answer := range votes {
				if answer < 0 || answer >= len(b.Question.Answers) {
					return errors.New("there is a vote for an answer that is not there")
				}
			}
		}
	}
	return nil
}

// save writes a class in place of what the file holds, which is either the old
// or the new one, whole.
func (s *store) save(k kept) error {
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return durable.Replace(s.path, data)
}

// close gives up the file, and removes it if the class is over. The file of the
// lock stays, and means nothing.
func (s *store) close(over bool) error {
	if s.path == "" {
		return nil
	}
	var err error
	if over {
		for _, path := range []string{s.path, s.path + ".new"} {
			if e := os.Remove(path); !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}
	return errors.Join(err, s.lock.Unlock())
}

// keepOn writes the class down whenever something has changed, until it ends.
// Nobody waits for it. What cannot be written is tried again with the next
// change.
func (s *Server) keepOn() {
	if s.store.path == "" {
		return
	}
	for {
		began := time.Now()
		s.noteSave(s.save())
		took := time.Since(began)
		select {
		case <-s.room.unsaved:
		case <-s.ctx.Done():
			return
		}
		select {
		case <-time.After(max(keep, 10*took)): // a slow disk has the rest of the time for others
		case <-s.ctx.Done():
		}
	}
}

func (s *Server) save() error {
	k := s.room.kept()
	k.Address, k.URL, k.Code = s.address, s.url, s.code
	return s.store.save(k)
}

func (s *Server) noteSave(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saveErr = err
}

// Unsaved is why the class, as it is, could not be written to its file; nil if
// it is there.
func (s *Server) Unsaved() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.saveErr
}

// kept is the room as it is written down.
func (r *room) kept() kept {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := kept{Format: keptFormat, Title: r.title, Joined: r.joined, Current: slices.Index(r.asked, r.current)}
	for hash, l := range r.learners {
		kl := keptLearner{Hash: hash, Number: l.number}
		if l.seat != nil {
			kl.Nick, kl.Report, kl.Help, kl.Since = l.seat.Nick, l.seat.Report, l.seat.Help, l.seat.since
		}
		k.Learners = append(k.Learners, kl)
	}
	slices.SortFunc(k.Learners, func(a, b keptLearner) int { return a.Number - b.Number })
	for _, b := range r.asked {
		kb := keptBallot{Question: b.Question, Open: b.open, Revealed: b.revealed}
		for _, votes := range b.rounds {
			kb.Rounds = append(kb.Rounds, maps.Clone(votes))
		}
		k.Asked = append(k.Asked, kb)
	}
	return k
}

// restore goes on with a class.
func (r *room) restore(k *kept) {
	r.joined = k.Joined
	for _, kl := range k.Learners {
		l := &learner{number: kl.Number, pace: newPace()}
		if kl.Nick != "" {
			l.seat = &seat{Nick: kl.Nick, Report: kl.Report, Help: kl.Help, since: kl.Since}
			r.nicks[folded(kl.Nick)] = 1
		}
		r.learners[kl.Hash] = l
	}
	for _, kb := range k.Asked {
		r.asked = append(r.asked, &ballot{Question: kb.Question, rounds: kb.Rounds, open: kb.Open, revealed: kb.Revealed})
	}
	if k.Current >= 0 {
		r.current = r.asked[k.Current]
	}
}
