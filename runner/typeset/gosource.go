package typeset

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// Go is the function fn of a Go file, with its doc comment, followed and
// preceded by whatever else of that file it uses, directly or by way of
// what it uses: functions, types with all their methods, constants and
// variables. They come in the order of the file and in its words, tabs
// become four spaces. Between two declarations is one blank line, or none
// where the file has none. The package clause and the imports are left
// out.
//
// It is an error if the file does not parse, or has no function fn.
func Go(source []byte, fn string) (Code, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse Go: %w", err)
	}
	decls := declarations(fset, file)
	start := -1
	for i, d := range decls {
		if f, ok := d.node.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == fn {
			start = i
		}
	}
	if start < 0 {
		return nil, fmt.Errorf("no function %s in this Go file", fn)
	}
	link(fset, file, decls)

	uses := func(i int) []int { return decls[i].uses }
	return cutOut(string(source), start, len(decls), uses, func(i int) outline {
		return decls[i].outline(fset)
	}), nil
}

// A declaration is a top-level declaration of a Go file. One in brackets,
// such as a group of constants, is shown whole.
type declaration struct {
	block
	node ast.Decl
	uses []int // the declarations it cannot be shown without
}

// declarations are those of the file, without the imports.
func declarations(fset *token.FileSet, file *ast.File) []declaration {
	var decls []declaration
	for _, node := range file.Decls {
		pos := node.Pos()
		switch d := node.(type) {
		case *ast.FuncDecl:
			if d.Doc != nil {
				pos = d.Doc.Pos()
			}
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			if d.Doc != nil {
				pos = d.Doc.Pos()
			}
		}
		end := node.End()
		for _, c := range file.Comments { // a comment behind it, on the same line
			if c.Pos() >= end && fset.Position(c.Pos()).Line == fset.Position(end).Line {
				end = c.End()
			}
		}
		decls = append(decls, declaration{
			block: block{fset.Position(pos).Offset, fset.Position(end).Offset},
			node:  node,
		})
	}
	return decls
}

// outline is where the declaration and its signature are.
func (d declaration) outline(fset *token.FileSet) outline {
	o := outline{block: d.block, code: fset.Position(d.node.Pos()).Offset, head: fset.Position(d.node.End()).Offset}
	switch n := d.node.(type) {
	case *ast.FuncDecl:
		o.name = n.Name.Name
		if n.Recv != nil && len(n.Recv.List) > 0 {
			o.name = receiver(n.Recv.List[0].Type) + "." + o.name
		}
		o.head = fset.Position(n.Type.End()).Offset
	case *ast.GenDecl:
		o.name = fmt.Sprint(n.Tok, " ", o.start) // a group may have many names
		switch spec := n.Specs[0].(type) {
		case *ast.TypeSpec:
			o.name = spec.Name.Name
			o.head = fset.Position(typeHead(spec.Type)).Offset
		case *ast.ValueSpec:
			o.name = spec.Names[0].Name
		}
		if n.Lparen.IsValid() {
			o.head = fset.Position(n.Lparen).Offset
		}
	}
	return o
}

// typeHead is where the signature of a type ends: before the fields of a
// struct, or the methods of an interface.
func typeHead(expr ast.Expr) token.Pos {
	switch t := expr.(type) {
	case *ast.StructType:
		return t.Fields.Pos()
	case *ast.InterfaceType:
		return t.Methods.Pos()
	}
	return expr.End()
}

// link fills in what each declaration uses. What a name stands for is
// go/types' business: it knows a field, a parameter or a local variable
// from a declaration of the same name. What the file imports it is not
// told, nor the package's other files; it resolves the rest all the same.
func link(fset *token.FileSet, file *ast.File, decls []declaration) {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: nothing{}, Error: func(error) {}}
	pkg, _ := config.Check(file.Name.Name, fset, []*ast.File{file}, info)

	index := func(pos token.Pos) int {
		offset := fset.Position(pos).Offset
		for i, d := range decls {
			if d.start <= offset && offset < d.end {
				return i
			}
		}
		return -1
	}
	for i := range decls {
		ast.Inspect(decls[i].node, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			object := info.Uses[name]
			if object == nil || object.Parent() != pkg.Scope() && !isMethod(object) {
				return true
			}
			if j := index(object.Pos()); j >= 0 {
				decls[i].uses = append(decls[i].uses, j)
			}
			return true
		})
	}
	for i, d := range decls { // a type brings its methods
		f, ok := d.node.(*ast.FuncDecl)
		if !ok || f.Recv == nil || len(f.Recv.List) == 0 {
			continue
		}
		object := pkg.Scope().Lookup(receiver(f.Recv.List[0].Type))
		if object == nil {
			continue
		}
		if j := index(object.Pos()); j >= 0 {
			decls[j].uses = append(decls[j].uses, i)
		}
	}
}

// isMethod reports whether an object is a method.
func isMethod(object types.Object) bool {
	f, ok := object.(*types.Func)
	return ok && f.Signature().Recv() != nil
}

// receiver is the name of the type of a receiver: T for *T and T[P].
func receiver(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.ParenExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	}
	return ""
}

// nothing is an importer that has no package.
type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	return nil, errors.New("not imported: " + path)
}
