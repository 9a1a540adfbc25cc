package page

import (
	"fmt"
	"strings"

	"gosyncio/content"
	"gosyncio/runner/plan"
	"gosyncio/runner/typeset"
)

// Folding says how much of the code that a function uses stands on a page.
type Folding int

const (
	// Folded shows what is new on a page, short, and used by the page's
	// function itself or a lane on its timeline. The rest is a line each.
	Folded Folding = iota
	// Open shows everything.
	Open
	// Once shows everything where it comes first in the lesson, and a line
	// each later: for who reads all pages at one go.
	Once
)

// shortRows is how many lines a function may have that a page shows beside
// the one that it is about: it has room on a screen of 24 rows.
const shortRows = 24 - HeadRows - FootRows

// pieceKey names a piece of a lesson's code.
type pieceKey struct {
	language plan.Languages
	name     string
}

// code is the code that a compare block shows: its pieces in each language,
// folded as it is said. Which of them are new depends on the blocks before.
func (s *Setter) code(wanted content.Compare, folding Folding) (python, golang typeset.Code, err error) {
	shown := map[pieceKey]bool{}
	for _, c := range append(s.before(wanted), wanted) {
		if python, golang, err = s.cut(c); err != nil {
			return nil, nil, err
		}
		fold(c, python, golang, folding, shown)
	}
	return python, golang, nil
}

// before are the lesson's blocks that show code before this one.
func (s *Setter) before(wanted content.Compare) []content.Compare {
	var before []content.Compare
	for _, p := range s.lesson.Text.Pages {
		for _, block := range p.Blocks {
			if c, ok := block.(content.Compare); ok && c.Line < wanted.Line {
				before = append(before, c)
			}
		}
	}
	return before
}

// fold folds the pieces of a block that are not to be shown, and notes those
// that are.
func fold(c content.Compare, python, golang typeset.Code, folding Folding, shown map[pieceKey]bool) {
	helpers := helpers(c, python, golang)
	for language, code := range map[plan.Languages]typeset.Code{plan.Python: python, plan.Go: golang} {
		for i := range code {
			p := &code[i]
			key := pieceKey{language, p.Name}
			switch folding {
			case Open:
			case Once:
				p.Folded = shown[key]
			default:
				p.Folded = p.Distance > 0 && (shown[key] || helpers[plainName(p.Name)])
			}
			shown[key] = shown[key] || !p.Folded
		}
	}
}

// helpers are the names of the pieces that need not stand on a page, in both
// languages if in one. If the block names some, the others are wanted
// however long they are.
func helpers(c content.Compare, codes ...typeset.Code) map[string]bool {
	helpers := map[string]bool{}
	for _, name := range c.Fold {
		helpers[plainName(name)] = true
	}
	for _, code := range codes {
		for _, p := range code {
			if p.Distance > 1 && !p.Lane() || p.Rows() > shortRows && c.Fold == nil {
				helpers[plainName(p.Name)] = true
			}
		}
	}
	return helpers
}

// plainName is a name as it is the same in both languages.
func plainName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// cut is the code of a compare block, nothing folded.
func (s *Setter) cut(c content.Compare) (python, golang typeset.Code, err error) {
	if c.Python != content.None {
		if python, err = typeset.Python(s.lesson.Text.Python, c.Python); err != nil {
			return nil, nil, fmt.Errorf("python of lesson %s: %w", s.lesson.ID, err)
		}
	}
	if c.Go != content.None {
		function := c.Go
		if function == "" {
			variant, err := s.lesson.Program.Variant(c.Variant)
			if err != nil {
				return nil, nil, err
			}
			function = variant.Func
		}
		if golang, err = typeset.Go(s.lesson.Program.Source(), function); err != nil {
			return nil, nil, fmt.Errorf("go of lesson %s: %w", s.lesson.ID, err)
		}
	}
	return python, golang, nil
}

// compare is the code of a block as columns; one without code is not shown.
func (s *Setter) compare(c content.Compare, folding Folding) (python, golang typeset.Column, err error) {
	p, g, err := s.code(c, folding)
	if err != nil {
		return python, golang, err
	}
	if len(p) > 0 {
		python = typeset.Column{Title: "Python", Code: p.String(), Language: "python"}
	}
	if len(g) > 0 {
		golang = typeset.Column{Title: "Go", Code: g.String(), Language: "go"}
	}
	return python, golang, nil
}

// folds reports whether a block has code that can be folded.
func (s *Setter) folds(c content.Compare) (bool, error) {
	python, golang, err := s.code(c, Folded)
	return python.Folded() || golang.Folded(), err
}
