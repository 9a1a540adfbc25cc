package lessons

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// MaxDuration and MaxCount are the largest values that a setting takes, and
// MaxLanes the largest of one that says how many goroutines, or tasks, there
// are. What is compared then fits into 500 MB, see BenchmarkLargestSettings.
const (
	MaxDuration = time.Hour
	MaxCount    = 1_000_000
	MaxLanes    = 100_000
)

// maxAddress is how long an address may be: short enough for a line of output.
const maxAddress = 1000

// A Setting is what the learner may change before a run.
type Setting struct {
	Name    string
	Default string // as Values.With takes it; "" if there is no value
	Usage   string // what it sets, a few words in lower case
}

// bindings tie the fields of a struct of settings to what the learner sees
// of them, in the manner of package flag.
type bindings struct {
	settings []binding
	address  *string // nil if the lesson needs none
	cpus     *int    // nil if the lesson does not go by them
	files    *string // nil if it keeps none
}

// A binding is a Setting tied to the field that holds its value.
type binding struct {
	Setting
	reset     func()                     // sets the field to the default
	set       func(text string) *problem // sets the field, unless there is a problem
	text      func() string              // the field's value as set takes it; "" if it has none
	addresses func() []string            // those in text, of which not all may be shown; nil if there are none
	argument  func() any                 // the field's value as Python takes it; nil if it has none
}

// A problem is what is wrong with a value, and what to do next.
type problem struct{ what, next string }

// server binds the field for the address of what the lesson's Serve started.
func (b *bindings) server(field *string) { b.address = field }

// available binds the field for how many CPUs there are.
func (b *bindings) available(field *int) { b.cpus = field }

// folder binds the field for where what the lesson's Serve starts keeps files.
func (b *bindings) folder(field *string) { b.files = field }

// duration binds a length of time from 0 to MaxDuration. Python takes it in
// seconds.
func (b *bindings) duration(field *time.Duration, name string, value time.Duration, usage string) {
	b.settings = append(b.settings, binding{
		Setting:  Setting{name, value.String(), usage},
		reset:    func() { *field = value },
		set:      func(text string) *problem { return set(field, text, parseDuration) },
		text:     func() string { return field.String() },
		argument: func() any { return field.Seconds() },
	})
}

// count binds a whole number from 1 to MaxCount.
func (b *bindings) count(field *int, name string, value int, usage string) {
	b.number(field, name, value, usage, func(text string) (int, *problem) {
		return parseCount(text, MaxCount, "choose a smaller number")
	})
}

// lanes binds how many of something there are that has a lane each, from 1 to
// most, which is MaxLanes, or less where many of them are compared.
func (b *bindings) lanes(field *int, name string, value, most int, usage string) {
	b.number(field, name, value, usage, func(text string) (int, *problem) {
		return parseCount(text, most, fmt.Sprintf("choose at most %d: the timelines of more do not fit into a small laptop", most))
	})
}

func (b *bindings) number(field *int, name string, value int, usage string, parse func(string) (int, *problem)) {
	b.settings = append(b.settings, binding{
		Setting:  Setting{name, strconv.Itoa(value), usage},
		reset:    func() { *field = value },
		set:      func(text string) *problem { return set(field, text, parse) },
		text:     func() string { return strconv.Itoa(*field) },
		argument: func() any { return *field },
	})
}

// urls binds a list of http and https addresses, which the learner separates
// by commas. It is nil until it is set. The user, the password and the query of
// an address are for the run alone.
func (b *bindings) urls(field *[]string, name, usage string) {
	b.settings = append(b.settings, binding{
		Setting: Setting{name, "", usage},
		reset:   func() { *field = nil },
		set: func(text string) *problem {
			return set(field, text, func(text string) ([]string, *problem) { return parseURLs(text, *field) })
		},
		text:      func() string { return strings.Join(*field, ",") },
		addresses: func() []string { return *field },
		argument: func() any {
			if *field == nil {
				return nil
			}
			return *field
		},
	})
}

func set[T any](field *T, text string, parse func(string) (T, *problem)) *problem {
	value, wrong := parse(text)
	if wrong != nil {
		return wrong
	}
	*field = value
	return nil
}

func parseDuration(text string) (time.Duration, *problem) {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, &problem{"not a duration", "write a number and a unit, such as 700ms or 1.5s"}
	case d < 0:
		return 0, &problem{"negative", "a duration is 0s or more"}
	case d > MaxDuration:
		return 0, &problem{"over an hour", "choose a duration of 1h or less"}
	}
	return d, nil
}

// parseCount reads a number from 1 to most; fewer is what to do if it is more.
func parseCount(text string, most int, fewer string) (int, *problem) {
	n, err := strconv.Atoi(text)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return 0, &problem{"not a whole number", "write digits, such as 3 or 1000"}
	case n > most:
		return 0, &problem{fmt.Sprint("over ", most), fewer}
	case n < 1:
		return 0, &problem{"less than 1", fmt.Sprint("choose a number from 1 to ", most)}
	}
	return n, nil
}

// parseURLs reads addresses. One that has been shown, with its password
// concealed, stands for the one of old with it.
func parseURLs(text string, old []string) ([]string, *problem) {
	urls := strings.Split(text, ",")
	for i, u := range urls {
		u = strings.TrimSpace(u)
		if u == "" {
			return nil, &problem{"an address in the list is empty", "separate addresses by single commas"}
		}
		if len(u) > maxAddress {
			return nil, &problem{fmt.Sprint("an address is over ", maxAddress, " characters"), "choose a shorter one"}
		}
		if !isAddress(u) && strings.Contains(text, "@") { // it may be part of a password
			return nil, &problem{"that is not an address", "write it with its scheme, and in a password %2C for a comma, %2F for a slash, %40 for an @"}
		}
		if !isAddress(u) {
			return nil, &problem{fmt.Sprintf("%q is not an address", concealValue(u)), "write it with its scheme, such as https://go.dev"}
		}
		urls[i] = u
		if known := slices.IndexFunc(old, func(o string) bool { return concealAddress(o) == u }); known >= 0 {
			urls[i] = old[known]
			old = slices.Delete(slices.Clone(old), known, known+1) // the next of its kind has another password
		}
	}
	return urls, nil
}

// isAddress reports whether text is an http or https address that can be
// shown.
func isAddress(text string) bool {
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) }
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || strings.ContainsFunc(text, unprintable) {
		return false
	}
	if port, err := strconv.ParseUint(cmp.Or(u.Port(), "80"), 10, 16); err != nil || port == 0 {
		return false
	}
	return u.Scheme == "http" || u.Scheme == "https"
}
