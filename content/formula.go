package content

import (
	"errors"
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxFormula is the most bytes of a formula. It bounds its depth, too.
const maxFormula = 200

// Formula is the value of a formula for the names in it: a Go expression
// of numbers, names, + - * / and parentheses, and of the functions min,
// max, ceil and floor. A value that is no number, such as that of a
// division by zero, is an error, and so is a name that is not in names.
func Formula(text string, names map[string]float64) (float64, error) {
	value, err := compile(text)
	if err != nil {
		return 0, err
	}
	result, err := value(names)
	if err != nil {
		return 0, fmt.Errorf("formula %q: %w", text, err)
	}
	return result, nil
}

// CheckFormula is whether text is a formula. Which names there are is not
// known here; they may be any.
func CheckFormula(text string) error {
	_, err := compile(text)
	return err
}

// A term is a part of a formula, ready to be worked out.
type term func(names map[string]float64) (float64, error)

// compile reads a formula.
func compile(text string) (term, error) {
	if len(text) > maxFormula {
		return nil, fmt.Errorf("formula of %d bytes; at most %d are allowed", len(text), maxFormula)
	}
	expr, err := goparser.ParseExpr(text)
	if err != nil {
		var list scanner.ErrorList
		if errors.As(err, &list) && len(list) > 0 {
			err = errors.New(list[0].Msg) // the position says less than the formula
		}
		return nil, fmt.Errorf("formula %q: %w", text, err)
	}
	t, err := compileExpr(expr)
	if err != nil {
		return nil, fmt.Errorf("formula %q: %w", text, err)
	}
	return t, nil
}

// errNotInFormula says what a formula may consist of.
var errNotInFormula = errors.New("allowed are numbers, names, + - * / and parentheses, min, max, ceil and floor")

func compileExpr(expr ast.Expr) (term, error) {
	switch e := expr.(type) {
	case *ast.BasicLit:
		return compileNumber(e)
	case *ast.Ident:
		return compileName(e.Name), nil
	case *ast.ParenExpr:
		return compileExpr(e.X)
	case *ast.UnaryExpr:
		if e.Op != token.SUB {
			return nil, errNotInFormula
		}
		return compileTerms(func(v []float64) float64 { return -v[0] }, e.X)
	case *ast.BinaryExpr:
		return compileBinary(e)
	case *ast.CallExpr:
		return compileCall(e)
	}
	return nil, errNotInFormula
}

func compileNumber(e *ast.BasicLit) (term, error) {
	var value float64
	var err error
	switch e.Kind {
	case token.INT:
		var whole int64
		whole, err = strconv.ParseInt(e.Value, 0, 64)
		value = float64(whole)
	case token.FLOAT:
		value, err = strconv.ParseFloat(e.Value, 64)
	default:
		return nil, errNotInFormula
	}
	if err != nil {
		return nil, fmt.Errorf("number %s: %w", e.Value, errors.Unwrap(err))
	}
	return func(map[string]float64) (float64, error) { return value, nil }, nil
}

func compileName(name string) term {
	return func(names map[string]float64) (float64, error) {
		value, ok := names[name]
		if !ok {
			return 0, unknownName(name, names)
		}
		return value, finite(value)
	}
}

func compileBinary(e *ast.BinaryExpr) (term, error) {
	var operation func(v []float64) float64
	switch e.Op {
	case token.ADD:
		operation = func(v []float64) float64 { return v[0] + v[1] }
	case token.SUB:
		operation = func(v []float64) float64 { return v[0] - v[1] }
	case token.MUL:
		operation = func(v []float64) float64 { return v[0] * v[1] }
	case token.QUO:
		operation = func(v []float64) float64 { return v[0] / v[1] }
	default:
		return nil, errNotInFormula
	}
	return compileTerms(operation, e.X, e.Y)
}

func compileCall(e *ast.CallExpr) (term, error) {
	name, ok := e.Fun.(*ast.Ident)
	if !ok || e.Ellipsis.IsValid() {
		return nil, errNotInFormula
	}
	var function func(v []float64) float64
	one := false
	switch name.Name {
	case "min":
		function = slices.Min[[]float64]
	case "max":
		function = slices.Max[[]float64]
	case "ceil":
		function, one = func(v []float64) float64 { return math.Ceil(v[0]) }, true
	case "floor":
		function, one = func(v []float64) float64 { return math.Floor(v[0]) }, true
	default:
		return nil, errNotInFormula
	}
	switch {
	case len(e.Args) == 0:
		return nil, fmt.Errorf("%s of nothing", name.Name)
	case one && len(e.Args) > 1:
		return nil, fmt.Errorf("%s of more than one number", name.Name)
	}
	return compileTerms(function, e.Args...)
}

// compileTerms is an operation on the values of terms.
func compileTerms(operation func([]float64) float64, exprs ...ast.Expr) (term, error) {
	terms := make([]term, len(exprs))
	for i, expr := range exprs {
		var err error
		if terms[i], err = compileExpr(expr); err != nil {
			return nil, err
		}
	}
	return func(names map[string]float64) (float64, error) {
		values := make([]float64, len(terms))
		for i, t := range terms {
			var err error
			if values[i], err = t(names); err != nil {
				return 0, err
			}
		}
		result := operation(values)
		return result, finite(result)
	}, nil
}

// finite refuses what is no number, or too large for one.
func finite(value float64) error {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return errors.New("division by zero, or too large a number")
	}
	return nil
}

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

// checkTemplate is whether Fill can read text. The names may be any.
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

// unknownName says which names there are.
func unknownName[V any](name string, known map[string]V) error {
	if len(known) == 0 {
		return fmt.Errorf("unknown name %s; there are none", name)
	}
	return fmt.Errorf("unknown name %s; there are %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
}
