package lessons

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// MaxDuration and MaxCount are the largest values that a setting takes.
const (
	MaxDuration = time.Hour
	MaxCount    = 1_000_000
)

// A Setting is a value that the learner may change before a run.
type Setting struct {
	Name    string
	Default string
	Usage   string // what it sets, a few words in lower case

	parse  func(string) (any, *problem)
	format func(any) string
}

// problem is what is wrong with a value, and what to do next.
type problem struct{ what, next string }

// durationSetting is a length of time from 0 to MaxDuration.
func durationSetting(name, value, usage string) Setting {
	return Setting{Name: name, Default: value, Usage: usage,
		parse: func(text string) (any, *problem) {
			d, err := time.ParseDuration(text)
			switch {
			case err != nil:
				return nil, &problem{"not a duration", "write a number and a unit, such as 700ms or 1.5s"}
			case d < 0:
				return nil, &problem{"negative", "a duration is 0s or more"}
			case d > MaxDuration:
				return nil, &problem{"over an hour", "choose a duration of 1h or less"}
			}
			return d, nil
		},
		format: func(v any) string { return v.(time.Duration).String() },
	}
}

// countSetting is a whole number from 1 to MaxCount.
func countSetting(name, value, usage string) Setting {
	return Setting{Name: name, Default: value, Usage: usage,
		parse: func(text string) (any, *problem) {
			n, err := strconv.Atoi(text)
			switch {
			case err != nil && !errors.Is(err, strconv.ErrRange):
				return nil, &problem{"not a whole number", "write digits, such as 3 or 1000"}
			case n > MaxCount:
				return nil, &problem{fmt.Sprint("over ", MaxCount), "choose a smaller number"}
			case n < 1:
				return nil, &problem{"less than 1", fmt.Sprint("choose a number from 1 to ", MaxCount)}
			}
			return n, nil
		},
		format: func(v any) string { return strconv.Itoa(v.(int)) },
	}
}

// urlsSetting is a list of http and https addresses, separated by commas.
// Until it is set it is nil.
func urlsSetting(name, usage string) Setting {
	return Setting{Name: name, Usage: usage,
		parse: func(text string) (any, *problem) {
			urls := strings.Split(text, ",")
			for i, u := range urls {
				u = strings.TrimSpace(u)
				if u == "" {
					return nil, &problem{"an address in the list is empty", "separate addresses by single commas"}
				}
				if !isAddress(u) {
					return nil, &problem{fmt.Sprintf("%q is not an address", u), "write it with its scheme, such as https://go.dev"}
				}
				urls[i] = u
			}
			return urls, nil
		},
		format: func(v any) string { return strings.Join(v.([]string), ",") },
	}
}

// isAddress is whether text is an http or https address that can be shown.
func isAddress(text string) bool {
	unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsFunc(text, unprintable)
}

// Values holds a value for every setting of one lesson.
type Values struct {
	settings []Setting
	values   map[string]any
	// Server is the address of what Lesson.Serve started, or "".
	Server string
}

// Defaults are the values that hold when nobody changes them.
func (l Lesson) Defaults() Values {
	v := Values{settings: l.Settings, values: make(map[string]any, len(l.Settings))}
	for _, s := range l.Settings {
		if s.Default == "" {
			continue
		}
		value, wrong := s.parse(s.Default)
		if wrong != nil {
			panic(fmt.Sprintf("lessons: default of %s in %s: %s", s.Name, l.ID, wrong.what))
		}
		v.values[s.Name] = value
	}
	return v
}

// With is v with one setting changed. The error is an *UnknownError or a
// *ValueError.
func (v Values) With(name, text string) (Values, error) {
	i := slices.IndexFunc(v.settings, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		known := make([]string, len(v.settings))
		for i, s := range v.settings {
			known[i] = s.Name
		}
		return v, &UnknownError{Kind: "setting", Name: name, Known: known}
	}
	value, wrong := v.settings[i].parse(strings.TrimSpace(text))
	if wrong != nil {
		return v, &ValueError{Setting: name, Value: text, Problem: wrong.what, Next: wrong.next}
	}
	changed := make(map[string]any, len(v.values))
	for k, old := range v.values {
		changed[k] = old
	}
	changed[name] = value
	v.values = changed
	return v, nil
}

// Texts are the values as With reads them, by the names of the settings.
func (v Values) Texts() map[string]string {
	texts := make(map[string]string, len(v.settings))
	for _, s := range v.settings {
		texts[s.Name] = v.text(s)
	}
	return texts
}

// String is the settings that are not empty in their order, as in
// "a=2s b=1s".
func (v Values) String() string {
	var parts []string
	for _, s := range v.settings {
		if text := v.text(s); text != "" {
			parts = append(parts, s.Name+"="+text)
		}
	}
	return strings.Join(parts, " ")
}

// text is the value of s as With reads it; "" if it has none.
func (v Values) text(s Setting) string {
	value, ok := v.values[s.Name]
	if !ok {
		return ""
	}
	return s.format(value)
}

func (v Values) duration(name string) time.Duration { return v.values[name].(time.Duration) }
func (v Values) count(name string) int              { return v.values[name].(int) }
func (v Values) urls(name string) []string {
	urls, _ := v.values[name].([]string)
	return urls
}

// UnknownError says that there is no lesson, variant or setting of a name.
type UnknownError struct {
	Kind  string // "lesson", "variant" or "setting"
	Name  string
	Known []string // the names that there are
}

func (e *UnknownError) Error() string { return fmt.Sprintf("unknown %s %q", e.Kind, e.Name) }

// ValueError says that a setting cannot have a value.
type ValueError struct {
	Setting, Value string
	Problem        string // what is wrong
	Next           string // what to do
}

func (e *ValueError) Error() string {
	value := strconv.Quote(e.Value)
	if plain := strings.Trim(value, `"`); plain == e.Value {
		value = plain
	}
	return fmt.Sprintf("setting %s=%s: %s", e.Setting, value, e.Problem)
}
