package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode"
)

// version is that of the format. It grows with every change to State: an
// older program leaves a newer file alone, for it would lose what it does
// not know.
const version = 3

// A document is a State as it is written.
type document struct {
	Version int `json:"version"`
	*State
}

// maxSize is the size in bytes above which a file is not read. A State is
// far smaller, see maxPredictions.
const maxSize = 16 << 20

// maxPage is a page number that no lesson has.
const maxPage = 10_000

// errTooLarge is the error for more than maxSize bytes.
var errTooLarge = fmt.Errorf("it has more than %d MB", maxSize>>20)

// A newerError is the error for a file of a later version of the program.
type newerError struct{ version int }

func (e *newerError) Error() string {
	return fmt.Sprintf("it is of format %d, and this program knows formats up to %d", e.version, version)
}

// Encode is the JSON of s, for people to read too. It is an error if
// Decode would not take it.
func (s *State) Encode() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(document{version, s}, "", " ")
	if err != nil {
		return nil, errors.New("it has a number that cannot be written")
	}
	if len(data) >= maxSize {
		return nil, errTooLarge
	}
	return append(data, '\n'), nil
}

// Decode reads what Encode has written. Fields that it does not know are
// an error: a file of this version has none, and to leave them out would
// lose them with the next write. So is text that is not printable. Errors are
// in the learner's words. What an older version kept of addresses, and this
// one would not, is left out. It never panics.
func Decode(data []byte) (*State, error) {
	if len(data) > maxSize {
		return nil, errTooLarge
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // with which some editors begin a file
	var format struct {
		Version int `json:"version"`
	}
	err := json.Unmarshal(data, &format)
	_, other := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, errors.New("it is empty")
	case other:
		return nil, errors.New("it is JSON of another kind")
	case err != nil:
		return nil, unread(data, err)
	case format.Version > version:
		return nil, &newerError{format.Version}
	case format.Version < 1:
		return nil, errors.New("it has no version")
	}
	read := document{State: new(State)}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return nil, unread(data, err)
	}
	if err := read.check(); err != nil {
		return nil, err
	}
	read.conceal()
	return read.State, nil
}

// check says what is wrong with s; the methods of State see to it that
// nothing is.
func (s *State) check() error {
	var c checker
	c.times(s.Welcomed)
	for id, l := range s.Lessons {
		c.texts(id)
		c.texts(l.Ran...)
		c.texts(l.Unasked...)
		c.times(l.At, l.Finished)
		ascending := slices.IsSorted(l.Read) && len(slices.Compact(slices.Clone(l.Read))) == len(l.Read)
		if !ascending || len(l.Read) > 0 && l.Read[0] < 1 || l.Furthest() > maxPage || l.Page < 0 || l.Page > maxPage {
			c.fail("lesson %s has impossible pages", quoted(id))
		}
	}
	for _, p := range s.Predictions {
		c.texts(p.Lesson, p.Key, p.Given, p.Correct)
		c.settings(p.Settings)
		c.times(p.At)
	}
	for _, o := range s.Outcomes {
		c.texts(o.Lesson, o.Key, o.Was)
		c.settings(o.Settings)
		c.times(o.At)
	}
	for _, a := range s.Answers {
		c.texts(a.Lesson, a.Key)
		c.texts(a.Given...)
		c.times(a.At)
	}
	for lesson, cards := range s.Cards {
		c.texts(lesson)
		for key, card := range cards {
			c.texts(key)
			c.times(card.Due, card.Reviewed)
		}
	}
	for _, r := range s.Runs {
		c.texts(r.Lesson, r.Variant, r.Language)
		c.settings(r.Settings)
		c.times(r.At)
	}
	c.exercises(s.Exercises)
	return c.err
}

// A checker keeps the first mistake that it finds.
type checker struct{ err error }

func (c *checker) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *checker) texts(texts ...string) {
	for _, text := range texts {
		for _, r := range text {
			if !unicode.IsPrint(r) {
				c.fail("%s is not printable", quoted(text))
				return
			}
		}
	}
}

func (c *checker) settings(settings map[string]string) {
	for name, value := range settings {
		c.texts(name, value)
	}
}

// times wants times that can be written, and reckoned with.
func (c *checker) times(times ...time.Time) {
	for _, t := range times {
		if year := t.UTC().Year(); year > 9000 {
			c.fail("the year %d is impossible", year)
		}
	}
}
