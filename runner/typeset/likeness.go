package typeset

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// A codeLine is what align looks at in a line of code.
type codeLine struct {
	index   int      // of the line in its program
	kind    string   // "func" or "type", if it defines one at the margin
	name    string   // of what it defines
	assigns string   // the stem of the variable that it assigns to
	words   []string // the stems of its words, sorted, none twice; none if it is prose
}

var (
	prosePattern      = regexp.MustCompile(`^ *(//|#|""")`)
	definitionPattern = regexp.MustCompile(`^(?:async )?(def|func|class|type) (?:\([^)]*\) )?(\w+)`)
	assignmentPattern = regexp.MustCompile(`^ *(\w+) :?= `)
	wordPattern       = regexp.MustCompile(`\p{Lu}?\p{Ll}+|\p{Lu}+`)
)

// newCodeLine takes a line apart. Comments and docstrings are prose: they
// say much the same on both sides, but not in the same place.
func newCodeLine(index int, text string) codeLine {
	line := codeLine{index: index}
	if prosePattern.MatchString(text) {
		return line
	}
	if found := definitionPattern.FindStringSubmatch(text); found != nil {
		line.kind = map[string]string{"def": "func", "class": "type"}[found[1]]
		if line.kind == "" {
			line.kind = found[1]
		}
		line.name = strings.ToLower(strings.ReplaceAll(found[2], "_", ""))
	}
	if found := assignmentPattern.FindStringSubmatch(text); found != nil {
		line.assigns = stem(found[1])
	}
	for _, word := range wordPattern.FindAllString(text, -1) {
		line.words = append(line.words, stem(word))
	}
	slices.Sort(line.words)
	line.words = slices.Compact(line.words)
	return line
}

// stem makes words of the same origin equal: print and Println, result and
// results, resp and response. Four letters do that well enough. What
// asyncio awaits, Go waits for.
func stem(word string) string {
	word = strings.ToLower(word)
	if word == "await" {
		word = "wait"
	}
	return word[:min(len(word), 4)]
}

// rarities is how much each word says: the fewer lines have it, the more.
func rarities(programs ...[]chunk) map[string]float64 {
	rarity := map[string]float64{}
	lines := 0.
	for _, program := range programs {
		for _, c := range program {
			for _, line := range c {
				lines++
				for _, word := range line.words {
					rarity[word]++
				}
			}
		}
	}
	for word, count := range rarity {
		rarity[word] = math.Log(1 + lines/count)
	}
	return rarity
}

// What lines are worth that define the same thing, and such as define
// something of the same kind.
const (
	sameName = 10000
	sameKind = 500
)

// likeness is what it is worth to set two lines beside each other. For
// lines that define nothing it is from 0 to 1000: the words they have in
// common, as a share of all their words. The variable that a line assigns
// to counts twice. The third power makes one good match worth more than
// several poor ones.
func likeness(l, r codeLine, rarity map[string]float64) int {
	switch {
	case l.kind != "" && l.kind == r.kind && l.name == r.name:
		return sameName
	case l.kind != "" && l.kind == r.kind:
		return sameKind
	}
	all := rarity[l.assigns] + rarity[r.assigns]
	common := 0.
	if l.assigns == r.assigns {
		common += 2 * rarity[l.assigns]
	}
	for _, word := range l.words {
		all += rarity[word]
		if _, ok := slices.BinarySearch(r.words, word); ok {
			common += 2 * rarity[word]
		}
	}
	for _, word := range r.words {
		all += rarity[word]
	}
	if common == 0 {
		return 0
	}
	return int(math.Round(1000 * math.Pow(common/all, 3)))
}
