package content

import (
	"cmp"
	"maps"
	"slices"
)

// The languages that a Run, and with it a Predict, may name.
const (
	Go     = "go"
	Python = "python"
	Both   = "both" // of a Run only
)

// Run runs variants side by side. It ends its page.
type Run struct {
	Line     int               // of the fence in lesson.md
	Variants []string          // at least one, no two the same
	Set      map[string]string // settings that differ from the defaults; nil if none do
	With     string            // Go, Python or Both; "" leaves it to the learner
}

// Kind is "run".
func (Run) Kind() string { return "run" }

// Run returns what the page runs at its end, and whether it runs anything.
func (p Page) Run() (Run, bool) { return firstBlock[Run](p) }

func (Run) asks() []Question { return nil }

func (b Run) checkNext(n next) error {
	if n.block != nil {
		return errorAt(n.file, n.line, "the run at line %d must end its page; begin another page here", b.Line)
	}
	return nil
}

func decodeRun(y *yamlText, body string) (Block, error) {
	var r struct {
		Variants []string
		Set      map[string]string
		With     string
	}
	if err := y.decode(body, &r); err != nil {
		return nil, err
	}
	if len(r.Variants) == 0 {
		return nil, y.errorf("variants", "run lacks variants")
	}
	for i, variant := range r.Variants {
		if err := y.checkText("variants", variant); err != nil {
			return nil, err
		}
		if slices.Contains(r.Variants[:i], variant) {
			return nil, y.errorf("variants", "variant %s runs twice", variant)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		if err := cmp.Or(y.checkText("set", name), y.checkText("set", r.Set[name])); err != nil {
			return nil, err
		}
	}
	if y.has("set") && len(r.Set) == 0 {
		return nil, y.errorf("set", "set is empty")
	}
	if y.has("with") && r.With != Go && r.With != Python && r.With != Both {
		return nil, y.errorf("with", "with is %q; allowed are go, python and both", r.With)
	}
	return Run{Line: y.line, Variants: r.Variants, Set: r.Set, With: r.With}, nil
}
