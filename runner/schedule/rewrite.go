// Package schedule makes programs of which every order of their goroutines
// can be tried: it puts a point wherever another goroutine could go first.
package schedule

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
)

// engine is the package that the points call.
const engine = "gosyncio/lessons/verify/schedule"

// the names that rewritten programs use; nobody else has them.
const (
	pkgName   = "gosyncio_schedule"
	valueName = "gosyncio_value"
)

// Rewrite returns source with a call of the engine's Point before each
// statement that does something, and between the read and the write of what
// does both (n++, n += x, n = n + x). Every line stays on its line.
func Rewrite(name string, source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	r := rewriter{fset: fset, source: source}
	r.insert(file.Name.End(), fmt.Sprintf("; import %s %q", pkgName, engine))
	uses := false
	ast.Inspect(file, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for _, stmt := range list {
			uses = r.statement(stmt) || uses
		}
		return true
	})
	if !uses {
		return source, nil
	}
	return r.apply(), nil
}

// A rewriter collects what is to be put where.
type rewriter struct {
	fset   *token.FileSet
	source []byte
	edits  []edit
}

// An edit puts text in the place of source[from:to].
type edit struct {
	from, to int
	text     string
}

func (r *rewriter) offset(p token.Pos) int { return r.fset.PositionFor(p, false).Offset }

func (r *rewriter) insert(at token.Pos, text string) {
	r.edits = append(r.edits, edit{r.offset(at), r.offset(at), text})
}

func (r *rewriter) text(n ast.Node) string {
	return string(r.source[r.offset(n.Pos()):r.offset(n.End())])
}

// point is a call of Point for the line of a statement.
func (r *rewriter) point(stmt ast.Stmt) string {
	return fmt.Sprintf("%s.Point(%d); ", pkgName, r.fset.PositionFor(stmt.Pos(), false).Line)
}

// statement puts points where a statement needs them, and reports whether it
// does.
func (r *rewriter) statement(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.IncDecStmt:
		if simple(stmt.X) {
			op := stmt.Tok.String()[:1]
			r.split(stmt, stmt.X, fmt.Sprintf("%s %s 1", valueName, op), r.text(stmt.X))
			return true
		}
	case *ast.AssignStmt:
		if r.splitAssign(stmt) {
			return true
		}
	case *ast.ExprStmt, *ast.SendStmt, *ast.GoStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt,
		*ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ReturnStmt:
	default:
		return false
	}
	r.insert(stmt.Pos(), r.point(stmt))
	return true
}

// splitAssign splits n += x and n = ... n ..., if it is one of them.
func (r *rewriter) splitAssign(stmt *ast.AssignStmt) bool {
	if len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || !simple(stmt.Lhs[0]) || multiline(r, stmt) {
		return false
	}
	x, rhs := r.text(stmt.Lhs[0]), stmt.Rhs[0]
	switch stmt.Tok {
	case token.ASSIGN:
		if !mentions(rhs, stmt.Lhs[0], r) || hasFunc(rhs) {
			return false
		}
		r.split(stmt, stmt.Lhs[0], valueName, r.text(rhs))
		return true
	case token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.OR_ASSIGN, token.XOR_ASSIGN, token.AND_ASSIGN:
		if hasFunc(rhs) {
			return false
		}
		op := stmt.Tok.String()
		r.split(stmt, stmt.Lhs[0], fmt.Sprintf("%s %s (%s)", valueName, op[:len(op)-1], r.text(rhs)), x)
		return true
	}
	return false
}

// split reads, lets others go, and writes.
func (r *rewriter) split(stmt ast.Stmt, x ast.Expr, write, read string) {
	point := r.point(stmt)
	r.edits = append(r.edits, edit{r.offset(stmt.Pos()), r.offset(stmt.End()),
		fmt.Sprintf("%s{ %s := %s; %s%s = %s }", point, valueName, read, point, r.text(x), write)})
}

func multiline(r *rewriter, n ast.Node) bool {
	return r.fset.PositionFor(n.Pos(), false).Line != r.fset.PositionFor(n.End(), false).Line
}

// simple reports whether an expression can be written twice: it calls nothing.
func simple(x ast.Expr) bool {
	if id, ok := x.(*ast.Ident); ok && id.Name == "_" {
		return false
	}
	is := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr, *ast.FuncLit:
			is = false
		case *ast.UnaryExpr: // <-c
			is = false
		}
		return is
	})
	return is
}

// hasFunc reports whether there is a function literal in an expression, in
// which there are points of their own.
func hasFunc(x ast.Expr) (has bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		_, is := n.(*ast.FuncLit)
		has = has || is
		return !has
	})
	return has
}

// mentions reports whether an expression contains another, as it is written.
func mentions(in, what ast.Expr, r *rewriter) (found bool) {
	text := r.text(what)
	ast.Inspect(in, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && r.text(x) == text {
			found = true
		}
		return !found
	})
	return found
}

// apply makes the edits.
func (r *rewriter) apply() []byte {
	slices.SortStableFunc(r.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, e := range r.edits {
		out.Write(r.source[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(r.source[at:])
	return out.Bytes()
}
