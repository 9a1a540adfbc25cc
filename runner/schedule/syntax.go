package schedule

import (
	"go/ast"
	"go/token"
	"slices"
)

// bodyOf is the body of a function; nil if there is none.
func bodyOf(n ast.Node) *ast.BlockStmt {
	switch n := n.(type) {
	case *ast.FuncLit:
		return n.Body
	case *ast.FuncDecl:
		if n.Name.Name != "State" && n.Name.Name != "Broken" && n.Name.Name != "Mended" {
			return n.Body
		}
	}
	return nil
}

// packageVariables are the names of the variables of a file's package.
func packageVariables(file *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				names[name.Name] = true
			}
		}
	}
	return names
}

// starts reports whether a statement starts a goroutine.
func starts(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.GoStmt:
		return true
	case *ast.ExprStmt:
		call, ok := stmt.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		return ok && f.Sel.Name == "Go"
	}
	return false
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

// calls reports whether something is called in an expression.
func calls(x ast.Expr) (does bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		_, is := n.(*ast.CallExpr)
		does = does || is
		return !does
	})
	return does
}

// soleArgument is the argument of a call that has one alone; nil otherwise.
func soleArgument(call *ast.CallExpr) ast.Expr {
	if len(call.Args) != 1 {
		return nil
	}
	return call.Args[0]
}

// keepsType reports whether what an operator makes of two values has their
// type.
func keepsType(op token.Token) bool {
	return slices.Contains([]token.Token{token.ADD, token.SUB, token.MUL, token.QUO, token.REM, token.AND, token.OR, token.XOR, token.AND_NOT}, op)
}

// losesType reports whether an expression may have another type once it stands
// by itself: a constant that is shifted, or a comparison of a bool of a type of
// its own.
func losesType(x ast.Expr) (loses bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		binary, ok := n.(*ast.BinaryExpr)
		loses = loses || ok && !keepsType(binary.Op)
		return !loses
	})
	return loses
}
