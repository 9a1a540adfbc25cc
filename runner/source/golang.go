// Package source makes the whole programs of lessons: one file in Go, with
// imports and a main, one in Python. It saves them, and says how an editor
// opens them. It starts nothing.
package source

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"gosyncio/lessons"
)

// Go is the lesson's program in one file: the files of its package that this
// system uses, and a main that runs the variants with the settings' defaults
// and prints how long each took.
func Go(l lessons.Lesson) ([]byte, error) {
	p := program{lesson: l, fset: token.NewFileSet(), imports: map[string]bool{}}
	for _, imported := range []string{"context", "fmt", "os", "slices", "time"} {
		p.imports[strconv.Quote(imported)] = true
	}
	names, err := fs.Glob(l.Files(), "*.go")
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(names, func(a, b string) int { // the one that is taught comes first
		return strings.Compare(strings.Replace(a, l.ID+".go", "", 1), strings.Replace(b, l.ID+".go", "", 1))
	})
	for _, name := range names {
		if err := p.add(name); err != nil {
			return nil, fmt.Errorf("program of lesson %s: %w", l.ID, err)
		}
	}
	program, err := p.whole()
	if err != nil {
		return nil, fmt.Errorf("program of lesson %s: %w", l.ID, err)
	}
	return program, nil
}

// A program is a lesson's package, as it is being put together.
type program struct {
	lesson  lessons.Lesson
	fset    *token.FileSet
	doc     string          // the package's
	imports map[string]bool // as they stand in Go
	bodies  bytes.Buffer
	files   []*ast.File
	system  bool // some files are for this system alone
}

// add adds a file of the package, if this system uses it.
func (p *program) add(name string) error {
	system := build.Default
	system.CgoEnabled = false
	system.OpenFile = func(file string) (io.ReadCloser, error) { return p.lesson.Files().Open(path.Base(file)) }
	ours, err := system.MatchFile(".", name)
	if err != nil || !ours {
		p.system = p.system || !ours
		return err
	}
	text, err := fs.ReadFile(p.lesson.Files(), name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(p.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if file.Doc != nil && p.doc == "" {
		p.doc = file.Doc.Text()
	}
	start := file.Name.End()
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			start = d.End()
		}
	}
	for _, spec := range file.Imports {
		imported := spec.Path.Value
		if spec.Name != nil {
			imported = spec.Name.Name + " " + imported
		}
		p.imports[imported] = true
	}
	p.files = append(p.files, file)
	p.bodies.Write(text[p.fset.Position(start).Offset:])
	p.bodies.WriteString("\n")
	return nil
}

// function is the function or the method of that name; recv is "" for a
// function.
func (p *program) function(recv, name string) *ast.FuncDecl {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Name.Name != name {
				continue
			}
			of := ""
			if f.Recv != nil {
				of = typeName(f.Recv.List[0].Type)
			}
			if of == recv {
				return f
			}
		}
	}
	return nil
}

// typeName is the name of a type, without a star.
func typeName(expr ast.Expr) string {
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if name, ok := expr.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// whole is the program as one file.
func (p *program) whole() ([]byte, error) {
	data := struct {
		ID, Doc, System string
		Modules         []string
		Imports         [][]string
		Bodies          string
		Settings        []string
		Serve           string
		Variants        []variant
	}{ID: p.lesson.ID, Bodies: p.bodies.String(), Settings: p.settings()}
	data.Doc = strings.Replace(strings.TrimSpace(p.doc), "Package "+p.lesson.Package(), "This program", 1)
	if p.system {
		data.System = build.Default.GOOS
	}
	if serve := p.function("", "Serve"); serve != nil {
		data.Serve = p.call(serve)
	}
	for _, v := range p.lesson.Variants {
		if v.Func == "" {
			continue // only Python has it
		}
		f := p.function("", v.Func)
		if f == nil {
			return nil, fmt.Errorf("there is no function %s", v.Func)
		}
		data.Variants = append(data.Variants, variant{v.Name, p.call(f), f.Type.Results != nil, v.Procs})
		if v.Procs > 0 {
			p.imports[`"runtime"`] = true
		}
	}
	var standard, others []string
	for _, imported := range slices.Sorted(maps.Keys(p.imports)) {
		if strings.Contains(imported, ".") {
			others = append(others, imported)
			data.Modules = append(data.Modules, module(imported))
			continue
		}
		standard = append(standard, imported)
	}
	data.Imports, data.Modules = [][]string{standard, others}, slices.Compact(data.Modules)
	var b bytes.Buffer
	if err := layout().Execute(&b, data); err != nil {
		return nil, err
	}
	return format.Source(b.Bytes())
}

// module is the module of a package that is imported: host, owner and name.
func module(imported string) string {
	parts := strings.Split(strings.Trim(imported[strings.Index(imported, `"`):], `"`), "/")
	if parts[0] == "modernc.org" {
		return path.Join(parts[:2]...)
	}
	return path.Join(parts[:min(3, len(parts))]...)
}
