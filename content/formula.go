package content

import (
	"errors"
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/scanner"
	"go/token"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFormula is the most bytes of a formula. It bounds its depth, too.
const maxFormula = 200

// Formula returns the value of a formula for the names in it: a Go
// expression of numbers, names, + - * / and parentheses, and of the
// functions min, max, ceil and floor. A value that is not a number, such as
// that of a division by zero, is an error, and so is a name that is not in
// names.
func Formula(text string, names map[string]float64) (float64, error) {
	e := evaluation{names: names}
	value, err := e.formula(text)
	if err == nil && e.err != nil {
		err = fmt.Errorf("formula %q: %w", text, e.err)
	}
	if err != nil {
		return 0, err
	}
	return value, nil
}

// CheckFormula returns an error if text is not a formula. Which names there
// are is not known here; they may be any.
func CheckFormula(text string) error {
	_, err := new(evaluation).formula(text)
	return err
}

// evaluation works out one formula. Its methods return an error if what they
// are given is not part of a formula; that a value cannot be had, which
// depends on the names, is noted in err.
type evaluation struct {
	names map[string]float64
	err   error // the first of its kind
}

var errNotInFormula = errors.New("allowed are numbers, names, + - * / and parentheses, min, max, ceil and floor")

func (e *evaluation) formula(text string) (float64, error) {
	if len(text) > maxFormula {
		return 0, fmt.Errorf("formula of %d bytes; at most %d are allowed", len(text), maxFormula)
	}
	var value float64
	expr, err := goparser.ParseExpr(text)
	if list := (scanner.ErrorList)(nil); errors.As(err, &list) && len(list) > 0 {
		err = errors.New(oneLine(list[0].Msg)) // the position says less than the formula
	}
	if err == nil {
		value, err = e.expr(expr)
	}
	if err != nil {
		return 0, fmt.Errorf("formula %q: %w", text, err)
	}
	return value, nil
}

// oneLine is text with a space for what cannot be printed in a line: the
// parser names what it has found, such as a string with a newline in it.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
}

func (e *evaluation) expr(expr ast.Expr) (float64, error) {
	switch x := expr.(type) {
	case *ast.BasicLit:
		return number(x)
	case *ast.Ident:
		value, ok := e.names[x.Name]
		if !ok {
			e.note(unknownName(x.Name, e.names))
		}
		return e.finite(value), nil
	case *ast.ParenExpr:
		return e.expr(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.SUB {
			value, err := e.expr(x.X)
			return -value, err
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.ADD, token.SUB, token.MUL, token.QUO:
			return e.apply(x.Op.String(), x.X, x.Y)
		}
	case *ast.CallExpr:
		if function, ok := x.Fun.(*ast.Ident); ok && !x.Ellipsis.IsValid() {
			return e.call(function.Name, x.Args)
		}
	}
	return 0, errNotInFormula
}

func number(x *ast.BasicLit) (value float64, err error) {
	switch x.Kind {
	case token.INT:
		var whole int64
		whole, err = strconv.ParseInt(x.Value, 0, 64)
		value = float64(whole)
	case token.FLOAT:
		value, err = strconv.ParseFloat(x.Value, 64)
	default:
		return 0, errNotInFormula
	}
	if err != nil {
		return 0, fmt.Errorf("number %s: %w", x.Value, errors.Unwrap(err))
	}
	return value, nil
}

func (e *evaluation) call(function string, args []ast.Expr) (float64, error) {
	switch function {
	case "min", "max":
	case "ceil", "floor":
		if len(args) > 1 {
			return 0, fmt.Errorf("%s of more than one number", function)
		}
	default:
		return 0, errNotInFormula
	}
	if len(args) == 0 {
		return 0, fmt.Errorf("%s of nothing", function)
	}
	return e.apply(function, args...)
}

// apply works out an operator or a function; the number of args fits it.
func (e *evaluation) apply(operation string, args ...ast.Expr) (float64, error) {
	v := make([]float64, len(args))
	for i, arg := range args {
		var err error
		if v[i], err = e.expr(arg); err != nil {
			return 0, err
		}
	}
	value := v[0]
	switch operation {
	case "+":
		value += v[1]
	case "-":
		value -= v[1]
	case "*":
		value *= v[1]
	case "/":
		value /= v[1]
	case "min":
		value = slices.Min(v)
	case "max":
		value = slices.Max(v)
	case "ceil":
		value = math.Ceil(value)
	case "floor":
		value = math.Floor(value)
	}
	return e.finite(value), nil
}

// finite returns value, and notes an error if it is not a number, or too
// large for one.
func (e *evaluation) finite(value float64) float64 {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		e.note(errors.New("division by zero, or too large a number"))
	}
	return value
}

func (e *evaluation) note(err error) {
	if e.err == nil {
		e.err = err
	}
}
