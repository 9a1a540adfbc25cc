package progress

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"gosyncio/runner/durable"
	"gosyncio/runner/fault"
	"gosyncio/runner/terminal"
)

// Export writes s to a new file at path, for the learner to give away: nobody
// else may read it there. It replaces nothing: a file that is there already is
// an error, which like all others is a *fault.Error.
func Export(path string, s *State) error {
	data, err := s.Encode()
	if err == nil {
		err = durable.Create(path, data)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return &fault.Error{What: fmt.Sprintf("%s is there already", terminal.Printable(path)), Next: "name another file, or remove that one first", Err: err}
	}
	return &fault.Error{What: fmt.Sprintf("progress cannot be exported to %s: %s", terminal.Printable(path), reason(err)), Next: "name another file", Err: err}
}

// ReadExport reads what Export has written, or the file of a Store. The
// error is a *fault.Error.
func ReadExport(path string) (*State, error) {
	state, data, err := read(path)
	_, newer := errors.AsType[*newerError](err)
	switch {
	case newer:
		return nil, &fault.Error{What: fmt.Sprintf("%s is from a newer version of gosyncio", terminal.Printable(path)), Next: "update gosyncio", Err: err}
	case err != nil:
		return nil, &fault.Error{What: fmt.Sprintf("%s is no export of progress: %s", terminal.Printable(path), reason(err)), Next: "name a file that gosyncio has exported", Err: err}
	case data == nil:
		return nil, &fault.Error{What: fmt.Sprintf("there is no file %s", terminal.Printable(path)), Next: "name a file that gosyncio has exported", Err: fs.ErrNotExist}
	}
	return state, nil
}

// Import merges the export at path into what the Store keeps. The file is
// read before anything changes.
func (s *Store) Import(path string) (notice string, err error) {
	imported, err := ReadExport(path)
	if err != nil {
		return "", err
	}
	merged, aside, err := s.Load()
	if err != nil {
		return aside, err
	}
	merged.Merge(imported)
	if !merged.leavesRoom() {
		return aside, &fault.Error{
			What: fmt.Sprintf("%s holds more than anyone can have done: there would be no room left for yours", terminal.Printable(path)),
			Next: "name another file",
			Err:  errTooLarge,
		}
	}
	notice, err = s.Update(func(state *State) { state.Merge(imported) })
	return cmp.Or(notice, aside), err
}

// leavesRoom reports whether much can be added to s: what it keeps for ever
// may take up an eighth of what is read, and all of it three quarters.
func (s *State) leavesRoom() bool {
	kept := *s
	kept.Predictions, kept.Outcomes, kept.Answers, kept.Runs = nil, nil, nil, nil
	least, err := kept.Encode()
	if err != nil || len(least) > maxSize/8 {
		return false
	}
	all, err := s.Encode()
	return err == nil && len(all) <= maxSize*3/4
}

// Merge adds all that other knows, and leaves other as it is. Where both
// know something of the same page, lesson or card, the newer counts; what
// only one knows stays. It makes no difference which is merged into which,
// or how often.
func (s *State) Merge(other *State) {
	if s.Welcomed.IsZero() || !other.Welcomed.IsZero() && other.Welcomed.Before(s.Welcomed) {
		s.Welcomed = other.Welcomed
	}
	for id, theirs := range other.Lessons {
		ours, ok := s.Lessons[id]
		if !ok {
			theirs.Read, theirs.Ran, theirs.Unasked = slices.Clone(theirs.Read), slices.Clone(theirs.Ran), slices.Clone(theirs.Unasked)
			s.setLesson(id, theirs)
			continue
		}
		s.setLesson(id, mergeLessons(ours, theirs))
	}
	for lesson, cards := range other.Cards {
		for key, theirs := range cards {
			if ours, ok := s.Cards[lesson][key]; !ok || ours.compare(theirs) < 0 {
				s.setCard(Question{lesson, key}, theirs)
			}
		}
	}
	for name, theirs := range other.Exercises {
		ours, ok := s.Exercises[name]
		if ok {
			theirs = mergeExercises(ours, theirs)
		}
		theirs.Verdicts = maps.Clone(theirs.Verdicts)
		s.setExercise(name, theirs)
	}
	s.Predictions = newest(union(s.Predictions, other.Predictions), maxPredictions)
	s.Outcomes = newest(union(s.Outcomes, other.Outcomes), maxOutcomes)
	s.Answers = newest(union(s.Answers, other.Answers), maxAnswers)
	s.Runs = newest(union(s.Runs, other.Runs), maxRuns)
}

func mergeLessons(a, b Lesson) Lesson {
	merged := a
	if cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Page, b.Page)) < 0 {
		merged.Page, merged.At = b.Page, b.At
	}
	if a.Finished.IsZero() || !b.Finished.IsZero() && b.Finished.Before(a.Finished) {
		merged.Finished = b.Finished
	}
	merged.Read = sortedUnion(a.Read, b.Read)
	merged.Ran, merged.Unasked = sortedUnion(a.Ran, b.Ran), sortedUnion(a.Unasked, b.Unasked)
	return merged
}

// sortedUnion are the values of both, sorted, each once.
func sortedUnion[V cmp.Ordered](a, b []V) []V {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// compare is negative if c is older than other. Cards of the same moment
// are in some order, always the same.
func (c Card) compare(other Card) int {
	return cmp.Or(c.Reviewed.Compare(other.Reviewed), cmp.Compare(c.Reviews, other.Reviews),
		c.Due.Compare(other.Due), cmp.Compare(c.Stability, other.Stability))
}

// union are the records of both by their time, each once.
func union[R record](a, b []R) []R {
	all := make(map[string]R, len(a)+len(b))
	for _, r := range slices.Concat(a, b) {
		text, err := json.Marshal(r)
		if err != nil {
			continue // its time has an impossible year, and it cannot be kept
		}
		all[string(text)] = r
	}
	texts := slices.SortedFunc(maps.Keys(all), func(x, y string) int {
		return cmp.Or(all[x].at().Compare(all[y].at()), cmp.Compare(x, y))
	})
	var merged []R
	for _, text := range texts {
		merged = append(merged, all[text])
	}
	return merged
}
