package lessons

import (
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
	texts, secrets := v.Secret(), v.Secrets()
	for name, text := range texts {
		texts[name] = secrets.Conceal(text)
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

// String returns the settings that have a value in their order, as in
// "a=2s b=1s".
func (v Values) String() string { return v.Without(nil) }

// Without is String without the settings of these names.
func (v Values) Without(names []string) string {
	var parts []string
	secrets := v.Secrets()
	for _, s := range v.all() {
		if text := s.text(); text != "" && !slices.Contains(names, s.Name) {
			parts = append(parts, s.Name+"="+secrets.Conceal(text))
		}
	}
	return strings.Join(parts, " ")
}
