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

// contains reports whether there is such a node in an expression.
func contains(x ast.Expr, such func(ast.Node) bool) (found bool) {
	ast.Inspect(x, func(n ast.Node) bool {
		found = found || n != nil && such(n)
		return !found
	})
	return found
}

// simple reports whether an expression can be written twice: it calls nothing.
func simple(x ast.Expr) bool {
	if id, ok := x.(*ast.Ident); ok && id.Name == "_" {
		return false
	}
	return !contains(x, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.UnaryExpr: // <-c
			return true
		}
		return false
	})
}

// hasFunc reports whether there is a function literal in an expression, in
// which there are points of their own.
func hasFunc(x ast.Expr) bool {
	return contains(x, func(n ast.Node) bool {
		_, is := n.(*ast.FuncLit)
		return is
	})
}

// mentions reports whether an expression contains another, as it is written.
func mentions(in, what ast.Expr, r *rewriter) bool {
	text := r.text(what)
	return contains(in, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		return ok && r.text(x) == text
	})
}

// calls reports whether something is called in an expression.
func calls(x ast.Expr) bool {
	return contains(x, func(n ast.Node) bool {
		_, is := n.(*ast.CallExpr)
		return is
	})
}

// oneValue reports whether an expression, which is the only argument of a call,
// is one value for certain: what a function returns may be several.
func oneValue(x ast.Expr) bool {
	_, is := ast.Unparen(x).(*ast.BinaryExpr)
	return is
}

// losesType reports whether an expression may have another type once it stands
// by itself: a comparison, where a bool of a type of its own is wanted, or a
// constant that is shifted.
func losesType(x ast.Expr) bool {
	if binary, ok := ast.Unparen(x).(*ast.BinaryExpr); ok && slices.Contains([]token.Token{token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}, binary.Op) {
		return true
	}
	return contains(x, func(n ast.Node) bool {
		binary, ok := n.(*ast.BinaryExpr)
		return ok && (binary.Op == token.SHL || binary.Op == token.SHR)
	})
}
