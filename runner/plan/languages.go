package plan

import (
	"fmt"
	"slices"

	"gosyncio/runner/fault"
	"gosyncio/runner/player"
)

// Languages says in which languages to run, in the words of --with.
type Languages string

const (
	Go     Languages = "go"
	Python Languages = "python"
	Both   Languages = "both"
)

// LanguageNames are what ParseLanguages takes.
func LanguageNames() []string { return []string{string(Go), string(Python), string(Both)} }

// ParseLanguages reads what --with was given. The error is a usage error.
func ParseLanguages(name string) (Languages, error) {
	if known := LanguageNames(); !slices.Contains(known, name) {
		return "", fault.UnknownName(fmt.Sprintf("unknown language %q for --with", name), "languages", name, known)
	}
	return Languages(name), nil
}

// each are the languages in the order in which they are shown.
func (l Languages) each() []player.Language {
	switch l {
	case Go:
		return []player.Language{player.Go}
	case Python:
		return []player.Language{player.Python}
	}
	return []player.Language{player.Python, player.Go}
}

// toggled is l with Python if it was without, and else Go alone.
func (l Languages) toggled() Languages {
	if l == Both {
		return Go
	}
	return Both
}
