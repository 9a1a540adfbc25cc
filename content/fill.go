package content

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// Fill puts texts in the place of their names in braces: with a as 2s, "A
// finished after {a}" is "A finished after 2s". A brace that does not
// belong to a name is an error, and so is a name that is not in texts.
func Fill(text string, texts map[string]string) (string, error) {
	return fill(text, func(name string) (string, error) {
		value, ok := texts[name]
		if !ok {
			return "", unknownName(name, texts)
		}
		return value, nil
	})
}

// checkTemplate returns an error if Fill cannot read text, whatever the
// names.
func checkTemplate(text string) error {
	_, err := fill(text, func(string) (string, error) { return "", nil })
	return err
}

func fill(text string, value func(name string) (string, error)) (string, error) {
	var filled strings.Builder
	for rest := text; ; {
		before, after, opened := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return "", fmt.Errorf("text %q: } without {", text)
		}
		filled.WriteString(before)
		if !opened {
			return filled.String(), nil
		}
		name, after, closed := strings.Cut(after, "}")
		if !closed || !token.IsIdentifier(name) {
			return "", fmt.Errorf("text %q: { without a name and }, as in {a}", text)
		}
		v, err := value(name)
		if err != nil {
			return "", fmt.Errorf("text %q: %w", text, err)
		}
		filled.WriteString(v)
		rest = after
	}
}

// unknownName returns an error that says which names there are.
func unknownName[V any](name string, known map[string]V) error {
	if len(known) == 0 {
		return fmt.Errorf("unknown name %s; there are none", name)
	}
	return fmt.Errorf("unknown name %s; there are %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
}
