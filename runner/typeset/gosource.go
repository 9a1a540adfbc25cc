package typeset

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
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
func Go(source []byte, fn string) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("parse Go: %w", err)
	}
	decls := declarations(fset, file)
	start := -1
	for i, d := range decls {
		if f, ok := d.node.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == fn {
			start = i
		}
	}
	if start < 0 {
		return "", fmt.Errorf("no function %s in this Go file", fn)
	}
	link(fset, file, decls)

	var kept []block
	for i, used := range reachable(start, len(decls), func(i int) []int { return decls[i].uses }) {
		if used {
			kept = append(kept, decls[i].block)
		}
	}
	return join(string(source), kept), nil
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
			if object == nil || object.Parent() != pkg.Scope() {
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

// A block is a stretch of a file, from start to before end, in bytes.
type block struct{ start, end int }

// reachable says for each of n things whether it can be reached from
// start by way of uses.
func reachable(start, n int, uses func(int) []int) []bool {
	seen := make([]bool, n)
	todo := []int{start}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		todo = append(todo, uses(i)...)
	}
	return seen
}

// join sets blocks below each other: two that follow each other line on
// line stay together, others get one blank line between them.
func join(source string, blocks []block) string {
	var b strings.Builder
	for i, bl := range blocks {
		if i > 0 {
			b.WriteString("\n")
			between := source[blocks[i-1].end:bl.start]
			if strings.TrimSpace(between) != "" || strings.Count(between, "\n") > 1 {
				b.WriteString("\n")
			}
		}
		b.WriteString(source[bl.start:bl.end])
	}
	code := strings.ReplaceAll(b.String(), "\r", "")
	return strings.ReplaceAll(code, "\t", "    ")
}
