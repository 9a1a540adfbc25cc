package lessons

import (
	"path"
	"slices"
	"strings"
)

// Values hold a value for every setting of one lesson. The zero Values are
// those of a lesson without settings. Values do not change: With makes others.
type Values struct {
	settings settings

	// Server is the address of what Lesson.Serve started, or "".
	Server string

	// Folder is where what Lesson.Serve starts keeps its files, if the lesson
	// KeepsFiles; "" is where temporary files are.
	Folder string

	// CPUs is how many CPUs there are for the runs; 0 is those that this
	// process may run on.
	CPUs int
}

// settings are a struct of settings whose type is known to its lesson only.
type settings interface {
	bindings() *bindings
	clone() settings
}

// all are the settings, each with its value.
func (v Values) all() []binding {
	if v.settings == nil {
		return nil
	}
	return v.settings.bindings().settings
}

// With returns v with one setting changed. The error is an *UnknownError or
// a *ValueError.
func (v Values) With(name, text string) (Values, error) {
	changed := v
	if v.settings != nil {
		changed.settings = v.settings.clone()
	}
	all := changed.all()
	i := slices.IndexFunc(all, func(s binding) bool { return s.Name == name })
	if i < 0 {
		known := make([]string, len(all))
		for i, s := range all {
			known[i] = s.Name
		}
		return v, &UnknownError{Kind: "setting", Name: name, Known: known}
	}
	if wrong := all[i].set(strings.TrimSpace(text)); wrong != nil {
		return v, &ValueError{Setting: name, Value: concealValue(text), Problem: wrong.what, Next: wrong.next}
	}
	return changed, nil
}

// Texts returns the values as they may be shown and kept, and as With takes
// them, by the names of the settings; "" stands for no value.
func (v Values) Texts() map[string]string {
	texts := v.Secret()
	for name, text := range texts {
		texts[name] = v.Conceal(text)
	}
	return texts
}

// Secret is Texts with the passwords, for who makes the run.
func (v Values) Secret() map[string]string {
	texts := make(map[string]string)
	for _, s := range v.all() {
		texts[s.Name] = s.text()
	}
	return texts
}

// Conceal is text without the passwords and queries in the values. It may be
// the name of a lane, which is the end of an address.
func (v Values) Conceal(text string) string {
	for _, s := range v.all() {
		if s.addresses == nil {
			continue
		}
		for _, address := range s.addresses() {
			if shown := concealAddress(address); shown != address && slices.Contains(laneNames(address), text) {
				return path.Base(shown)
			}
		}
		var secrets [][2]string
		for _, address := range s.addresses() {
			secrets = append(secrets, secretsOf(address)...)
		}
		slices.SortStableFunc(secrets, func(a, b [2]string) int { return len(b[0]) - len(a[0]) }) // one may begin another
		for _, secret := range secrets {
			text = strings.ReplaceAll(text, secret[0], secret[1])
		}
	}
	return text
}

// String returns the settings that have a value in their order, as in
// "a=2s b=1s".
func (v Values) String() string { return v.Without(nil) }

// Without is String without the settings of these names.
func (v Values) Without(names []string) string {
	var parts []string
	for _, s := range v.all() {
		if text := s.text(); text != "" && !slices.Contains(names, s.Name) {
			parts = append(parts, s.Name+"="+v.Conceal(text))
		}
	}
	return strings.Join(parts, " ")
}
