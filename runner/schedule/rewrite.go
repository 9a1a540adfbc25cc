// Package schedule makes programs of which every order of their goroutines
// can be tried: it puts a point wherever another goroutine could go first.
package schedule

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// enginePath is the package that the points call.
const enginePath = "gosyncio/lessons/verify/schedule"

// the names that rewritten programs use; nobody else has them.
const (
	pkgName   = "gosyncio_schedule"
	valueName = "gosyncio_value"
)

// Guarded is Rewrite for a program of ours, with as few points as tell its
// orders apart: only before what touches what is shared. A goroutine that
// panics ends, and the engine is told. The result is formatted: its points say
// on which lines of source they stand, and its own lines are others.
func Guarded(name string, source []byte) ([]byte, error) {
	text, err := rewrite(name, source, true)
	if err != nil {
		return nil, err
	}
	text = bytes.ReplaceAll(text, []byte(`"sync"`), []byte(`"gosyncio/lessons/verify/sync"`))
	return format.Source(text)
}

// Rewrite returns source with a call of the engine's Point before each
// statement that does something, and between the read and the write of what
// does both (n++, n += x, n = n + x). Every line stays on its line.
func Rewrite(name string, source []byte) ([]byte, error) { return rewrite(name, source, false) }

func rewrite(name string, source []byte, guarded bool) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	r := rewriter{fset: fset, source: source}
	if guarded {
		r.shared = packageVariables(file)
	}
	r.insert(file.Name.End(), fmt.Sprintf("; import %s %q", pkgName, enginePath))
	uses := false
	ast.Inspect(file, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncDecl); ok && guarded && f.Name.Name == "State" {
			return false // is asked from outside
		}
		if body := bodyOf(n); guarded && body != nil {
			r.insert(body.Lbrace+1, " defer "+pkgName+".Recover();")
		}
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
			if labeled, ok := stmt.(*ast.LabeledStmt); ok {
				stmt = labeled.Stmt
			}
			uses = r.statement(stmt) || uses
		}
		if loop, ok := n.(*ast.ForStmt); ok && !guarded && len(loop.Body.List) == 0 { // others can go while it spins
			r.insert(loop.Body.Lbrace+1, " "+r.point(loop))
			uses = true
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
	// shared are the package's variables; nil if every statement gets its
	// point.
	shared map[string]bool
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

func (r *rewriter) text(n ast.Node) string { return r.between(n.Pos(), n.End()) }

func (r *rewriter) between(from, to token.Pos) string {
	return string(r.source[r.offset(from):r.offset(to)])
}

// point is a call of Point for the line of a statement.
func (r *rewriter) point(stmt ast.Stmt) string {
	return fmt.Sprintf("%s.Point(%d); ", pkgName, r.fset.PositionFor(stmt.Pos(), false).Line)
}

// statement puts points where a statement needs them, and reports whether it
// does.
func (r *rewriter) statement(stmt ast.Stmt) bool {
	if r.shared != nil && !r.touches(stmt) {
		if starts(stmt) {
			r.insert(stmt.End(), "; "+pkgName+".Settle()")
			return true
		}
		return false
	}
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
	case *ast.ExprStmt:
		if r.splitArguments(stmt) {
			return true
		}
	case *ast.SendStmt, *ast.GoStmt, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt,
		*ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ReturnStmt:
	default:
		return false
	}
	r.insert(stmt.Pos(), r.point(stmt))
	return true
}

// touches reports whether a statement itself, without the blocks in it, does
// something that another goroutine could see: it uses a variable of the
// package, a field, a method, or a channel. To give a lock back, to start a
// goroutine and to call a function, which has points of its own, is not that.
func (r *rewriter) touches(stmt ast.Stmt) (touches bool) {
	if call, ok := stmt.(*ast.ExprStmt); ok {
		call, ok := call.X.(*ast.CallExpr)
		if !ok {
			return true // it receives
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			return f.Name == "close"
		case *ast.SelectorExpr:
			return f.Sel.Name != "Unlock" && f.Sel.Name != "RUnlock" && f.Sel.Name != "Go"
		}
	}
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.FuncLit, *ast.GoStmt:
			return false
		case *ast.Ident:
			touches = touches || r.shared[n.Name]
		case *ast.SelectorExpr, *ast.SendStmt:
			touches = true
		case *ast.UnaryExpr:
			touches = touches || n.Op == token.ARROW
		}
		return !touches
	})
	return touches
}

// splitAssign splits n += x and n = ... n ..., if it is one of them.
func (r *rewriter) splitAssign(stmt *ast.AssignStmt) bool {
	if r.splitCall(stmt) {
		return true
	}
	if len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 || !simple(stmt.Lhs[0]) || multiline(r, stmt) {
		return false
	}
	x, rhs := r.text(stmt.Lhs[0]), stmt.Rhs[0]
	switch stmt.Tok {
	case token.ASSIGN:
		if !mentions(rhs, stmt.Lhs[0], r) || hasFunc(rhs) || losesType(rhs) {
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

// splitCall splits x = f() and x, y = f(): who wakes up in f may do so at the
// same moment as others.
func (r *rewriter) splitCall(stmt *ast.AssignStmt) bool {
	if stmt.Tok != token.ASSIGN || len(stmt.Rhs) != 1 || hasFunc(stmt.Rhs[0]) || multiline(r, stmt) {
		return false
	}
	call, ok := stmt.Rhs[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	if f, ok := call.Fun.(*ast.Ident); ok && types.Universe.Lookup(f.Name) != nil {
		return false // a conversion, perhaps of a constant, or a function of Go's own
	}
	var values, targets []string
	for i, target := range stmt.Lhs {
		if id, blank := target.(*ast.Ident); (!blank || id.Name != "_") && !simple(target) {
			return false
		}
		targets = append(targets, r.text(target))
		values = append(values, fmt.Sprintf("%s%d", valueName, i))
	}
	point := r.point(stmt)
	all := strings.Join(values, ", ")
	r.edits = append(r.edits, edit{r.offset(stmt.Pos()), r.offset(stmt.End()),
		fmt.Sprintf("%s{ %s := %s; %s%s = %s }", point, all, r.text(call), point, strings.Join(targets, ", "), all)})
	return true
}

// splitArguments splits x.Store(x.Load() + 1), and any call with arguments
// that other calls have a part in: those are done first.
func (r *rewriter) splitArguments(stmt *ast.ExprStmt) bool {
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok || hasFunc(call) || multiline(r, stmt) || calls(call.Fun) {
		return false
	}
	if len(call.Args) == 1 && !oneValue(call.Args[0]) {
		return false
	}
	var names, values []string
	text, at := "", stmt.Pos()
	for _, argument := range call.Args {
		if !calls(argument) || losesType(argument) {
			continue
		}
		name := fmt.Sprintf("%s%d", valueName, len(names))
		names, values = append(names, name), append(values, r.text(argument))
		text += r.between(at, argument.Pos()) + name
		at = argument.End()
	}
	if len(names) == 0 {
		return false
	}
	point := r.point(stmt)
	r.edits = append(r.edits, edit{r.offset(stmt.Pos()), r.offset(stmt.End()),
		fmt.Sprintf("%s{ %s := %s; %s%s%s }", point, strings.Join(names, ", "), strings.Join(values, ", "), point, text, r.between(at, stmt.End()))})
	return true
}

// split reads, lets others go, and writes.
func (r *rewriter) split(stmt ast.Stmt, x ast.Expr, write, read string) {
	point := r.point(stmt)
	r.edits = append(r.edits, edit{r.offset(stmt.Pos()), r.offset(stmt.End()),
		fmt.Sprintf("%s{ %s := %s; %s%s = %s }", point, valueName, read, point, r.text(x), write)})
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
