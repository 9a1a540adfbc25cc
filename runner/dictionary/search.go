package dictionary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"

	"gosyncio/content"
	"gosyncio/runner/fault"
)

// A word is one by which an entry is found.
type word struct {
	shown string // as it is written
	plain string // as it is looked for
	// closeness is how much it tells: a whole name of asyncio tells most.
	closeness closeness
}

type closeness int

const (
	whole closeness = iota // a name as it stands in the documentation
	part                   // what stands before or behind a dot in it, or a word of Go
)

// shortestProse is the length from which a word around Go's code tells something,
// such as "goroutine".
const shortestProse = 5

// wordsOf are the words of an entry.
func wordsOf(e content.Entry) []word {
	var words []word
	for _, name := range e.Names {
		words = append(words, word{name, plain(name), whole})
		for _, of := range strings.FieldsFunc(name, func(r rune) bool { return !inName(r) }) {
			words = append(words, word{name, plain(of), part})
		}
	}
	for i, text := range strings.Split(e.Go, "`") {
		code := i%2 == 1 // between two backticks
		for _, name := range strings.FieldsFunc(text, func(r rune) bool { return !inName(r) && r != '.' }) {
			name = strings.Trim(name, ".")
			if !code && len(name) < shortestProse {
				continue
			}
			words = append(words, word{name, plain(name), part})
			for _, of := range strings.Split(name, ".") {
				words = append(words, word{name, plain(of), part})
			}
		}
	}
	return slices.DeleteFunc(words, func(w word) bool { return w.plain == "" })
}

// plain is a word without what people forget or write differently: capitals,
// and all that is neither a letter nor a digit.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// inName reports whether a character is one of a name, in both languages.
func inName(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// Find returns the entries that a word of either language means, at least one:
// those of which it is a whole name, or else a part of one or a word of Go, or
// else those in whose words it occurs. A word that is in none of them is a
// usage error, which says what is nearest to it.
func (d Dictionary) Find(text string) ([]content.Entry, error) {
	text = strings.TrimSpace(text)
	wanted := plain(strings.TrimPrefix(strings.ToLower(text), "asyncio."))
	if wanted == "" {
		return d.findSigns(text)
	}
	for _, matches := range []func(word) bool{
		func(w word) bool { return w.closeness == whole && w.plain == wanted },
		func(w word) bool { return w.plain == wanted },
		func(w word) bool { return strings.HasPrefix(w.plain, wanted) },
		func(w word) bool { return strings.Contains(w.plain, wanted) },
	} {
		if found := d.matching(matches); len(found) > 0 {
			return found, nil
		}
	}
	return nil, d.unknown(text, wanted)
}

// matching are the entries with a word that matches.
func (d Dictionary) matching(matches func(word) bool) (found []content.Entry) {
	for i, e := range d.Entries {
		if slices.ContainsFunc(d.words[i], matches) {
			found = append(found, e)
		}
	}
	return found
}

// findSigns finds what has no letters, such as <-.
func (d Dictionary) findSigns(signs string) (found []content.Entry, err error) {
	for _, e := range d.Entries {
		if signs != "" && strings.Contains(e.Go, signs) {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return nil, fault.Usage(fmt.Sprintf("%q is no word", signs), listsAll)
	}
	return found, nil
}

const listsAll = "gosyncio dictionary lists all words"

// unknown is the error for a word that is in no entry.
func (d Dictionary) unknown(text, wanted string) error {
	const most = 3
	type near struct {
		word
		edits int
	}
	var all []near
	for _, words := range d.words {
		for _, w := range words {
			all = append(all, near{w, edits(wanted, w.plain)})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(a.closeness, b.closeness))
	})
	meant := all[0].edits <= max(1, len(wanted)/3)
	var names []string
	for _, n := range all {
		if !slices.Contains(names, n.shown) && len(names) < most && (!meant || n.edits == all[0].edits) {
			names = append(names, n.shown)
		}
	}
	next := "the nearest words are " + strings.Join(names, ", ") + "; " + listsAll
	if meant {
		next = "did you mean " + strings.Join(names, ", ") + "? " + listsAll
	}
	return fault.Usage(fmt.Sprintf("the dictionary has no word %q", text), next)
}

// edits is how many letters lie between two words. Letters in another order, as
// typing mixes them up, count once.
func edits(a, b string) int {
	sorted := func(text string) string {
		runes := []rune(text)
		slices.Sort(runes)
		return string(runes)
	}
	if a != b && sorted(a) == sorted(b) {
		return 1
	}
	return levenshtein.ComputeDistance(a, b)
}
