package content

import "slices"

// Make offers exercises, in which the learner makes something. It ends its
// page.
type Make struct {
	Line      int      // of the fence in lesson.md
	Exercises []string // their names, in the order in which they are offered
}

// Kind is "make".
func (Make) Kind() string { return "make" }

// Make returns what the page offers at its end to be made, and whether it
// offers anything.
func (p Page) Make() (Make, bool) { return firstBlock[Make](p) }

func (Make) asks() []Question { return nil }

func (b Make) checkNext(n next) error {
	if n.block != nil {
		return errorAt(n.file, n.line, "the exercises at line %d must end their page; begin another page here", b.Line)
	}
	return nil
}

func decodeMake(y *yamlText, body string) (Block, error) {
	var m struct{ Exercises []string }
	if err := y.decode(body, &m); err != nil {
		return nil, err
	}
	if len(m.Exercises) == 0 {
		return nil, y.errorf("exercises", "make lacks exercises")
	}
	for i, name := range m.Exercises {
		if err := y.checkText("exercises", name); err != nil {
			return nil, err
		}
		if slices.Contains(m.Exercises[:i], name) {
			return nil, y.errorf("exercises", "exercise %s is offered twice", name)
		}
	}
	return Make{Line: y.line, Exercises: m.Exercises}, nil
}
