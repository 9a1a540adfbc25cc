package typeset

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// A codeLine is what align looks at in a line of code.
type codeLine struct {
	index   int      // of the line in its program
	kind    string   // "func" or "type", if it defines one at the margin
	name    string   // of what it defines
	assigns string   // the stem of the variable that it assigns to
	words   []string // the stems of its words, sorted, none twice; none if it is prose
}

// newCodeLine takes a line apart. Comments and docstrings are prose: they
// say much the same on both sides, but not in the same place.
func newCodeLine(index int, text string) codeLine {
	line := codeLine{index: index}
	trimmed := strings.TrimLeft(text, " ")
	if strings.HasPrefix(trimmed, "//") || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, `""`) {
		return line
	}
	line.kind, line.name = definition(text)
	if variable := assigned(trimmed); variable != "" {
		line.assigns = stem(variable)
	}
	for _, word := range words(text) {
		line.words = append(line.words, stem(word))
	}
	slices.Sort(line.words)
	line.words = slices.Compact(line.words)
	return line
}

// definition is what a line defines at the margin, "func" or "type", and
// its name, in lower case and without underscores; a folded piece does, too.
func definition(text string) (kind, name string) {
	text = strings.TrimPrefix(strings.TrimPrefix(text, foldMark), "async ")
	kind, rest, _ := strings.Cut(text, " ")
	switch kind {
	case "def":
		kind = "func"
	case "class":
		kind = "type"
	case "func", "type":
	default:
		return "", ""
	}
	if strings.HasPrefix(rest, "(") { // a method's receiver
		_, rest, _ = strings.Cut(rest, ") ")
	}
	name = strings.ToLower(strings.ReplaceAll(leadingName(rest), "_", ""))
	if name == "" {
		return "", ""
	}
	return kind, name
}

// assigned is the variable that a line begins by assigning to.
func assigned(trimmed string) string {
	variable := leadingName(trimmed)
	rest := trimmed[len(variable):]
	if strings.HasPrefix(rest, " = ") || strings.HasPrefix(rest, " := ") {
		return variable
	}
	return ""
}

// words are the words in a line, those of createTask and HTTP_PORT too.
func words(text string) []string {
	var found []string
	start := -1 // of a word
	runes := []rune(text)
	for i, r := range runes {
		goesOn := start >= 0 && (unicode.IsLower(r) && (i == start+1 || unicode.IsLower(runes[i-1])) ||
			unicode.IsUpper(r) && unicode.IsUpper(runes[i-1]))
		if goesOn {
			continue
		}
		if start >= 0 {
			found = append(found, string(runes[start:i]))
		}
		start = -1
		if unicode.IsLower(r) || unicode.IsUpper(r) {
			start = i
		}
	}
	if start >= 0 {
		found = append(found, string(runes[start:]))
	}
	return found
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
