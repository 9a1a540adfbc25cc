package content

import "cmp"

// None stands in Compare for a side that is not shown.
const None = "none"

// Compare shows the code of a variant, in Python and in Go.
type Compare struct {
	Line    int // of the fence in lesson.md
	Variant string
	Python  string // the function to show, or None
	Go      string // the function to show, None, or "" for the variant's own
	// Fold are functions that it uses, in either language, and that are not
	// shown: the prose says what they do.
	Fold []string
}

// Kind is "compare".
func (Compare) Kind() string { return "compare" }

func (Compare) checkNext(next) error { return nil }
func (Compare) asks() []Question     { return nil }

func decodeCompare(y *yamlText, body string) (Block, error) {
	var c struct {
		Variant, Python, Go string
		Fold                []string
	}
	if err := y.decode(body, &c); err != nil {
		return nil, err
	}
	if !y.has("variant") {
		return nil, y.errorf("", "compare lacks variant")
	}
	if !y.has("python") {
		c.Python = c.Variant
	}
	if err := cmp.Or(y.checkText("variant", c.Variant), y.checkText("python", c.Python)); err != nil {
		return nil, err
	}
	if y.has("go") {
		if err := y.checkText("go", c.Go); err != nil {
			return nil, err
		}
	}
	for _, name := range c.Fold {
		if err := y.checkText("fold", name); err != nil {
			return nil, err
		}
	}
	if c.Python == None && c.Go == None {
		return nil, y.errorf("", "compare shows neither side")
	}
	return Compare{Line: y.line, Variant: c.Variant, Python: c.Python, Go: c.Go, Fold: c.Fold}, nil
}
