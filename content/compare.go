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
}

// Kind is "compare".
func (Compare) Kind() string { return "compare" }

func (Compare) checkNext(next) error { return nil }
func (Compare) asks() []Question     { return nil }

func decodeCompare(y *yamlText, body string) (Block, error) {
	var c struct{ Variant, Python, Go string }
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
	if c.Python == None && c.Go == None {
		return nil, y.errorf("", "compare shows neither side")
	}
	return Compare{Line: y.line, Variant: c.Variant, Python: c.Python, Go: c.Go}, nil
}
