package overlay

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
)

// Names of what is added to the package.
const (
	prefix   = "gosyncio_"
	mainName = prefix + "main"
	testName = prefix + "TestMain"
)

// An edit puts a name in the place of another, or of one with its package.
type edit struct {
	what ast.Node
	name string
}

// prepare is the text of a file of the package as the compiler gets it: its
// function entry, if it has it, is called renamed; and where it would end the
// program it is ours that does, which first hands out what is traced, if endings
// says so. Each line stays the line that it was. ok is false if nothing is to
// change.
func prepare(text []byte, entry, renamed string, endings bool) (changed []byte, isEntry, ok bool, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, 0) // which says what is a variable
	if err != nil {
		return nil, false, false, err
	}
	var edits []edit
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == entry && isEntryType(f.Type, entry) {
			isEntry = true
			edits = append(edits, edit{f.Name, renamed})
		}
	}
	var used []string
	if endings {
		var exits []edit
		exits, used = exitsOf(file)
		edits = append(edits, exits...)
	}
	if len(edits) == 0 {
		return nil, false, false, nil
	}
	slices.SortFunc(edits, func(a, b edit) int { return int(a.what.Pos() - b.what.Pos()) })
	offset := func(pos token.Pos) int { return files.PositionFor(pos, false).Offset }
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(text[last:offset(e.what.Pos())])
		behind := files.Position(e.what.End())
		out.WriteString(e.name)
		if behind.Column > 0 { // else a line directive has said that columns are not known
			fmt.Fprintf(&out, "/*line :%d:%d*/", behind.Line, behind.Column) // where what follows was
		}
		last = offset(e.what.End())
	}
	out.Write(text[last:])
	for _, use := range used { // or the import would not be used
		out.WriteString("\nvar _ = " + use + "\n")
	}
	return out.Bytes(), isEntry, true, nil
}

// isEntryType reports whether a function is of the type that an entry must have;
// if it is not the compiler is to say so.
func isEntryType(f *ast.FuncType, entry string) bool {
	if f.TypeParams != nil || f.Results.NumFields() != 0 {
		return false
	}
	if entry == "main" {
		return f.Params.NumFields() == 0
	}
	if f.Params.NumFields() != 1 {
		return false
	}
	pointer, ok := f.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch of := pointer.X.(type) {
	case *ast.SelectorExpr:
		return of.Sel.Name == "M"
	case *ast.Ident:
		return of.Name == "M"
	}
	return false
}

// exitsOf are the edits that have os.Exit and log.Fatal call ours, and what
// still uses the imports.
func exitsOf(file *ast.File) (edits []edit, used []string) {
	ours := map[string]map[string]string{
		"os":  {"Exit": prefix + "exit"},
		"log": {"Fatal": prefix + "fatal", "Fatalf": prefix + "fatalf", "Fatalln": prefix + "fatalln"},
	}
	names := map[string]map[string]string{} // by what the file calls the package
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || ours[path] == nil {
			continue
		}
		name := path
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = ours[path]
	}
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := selector.X.(*ast.Ident)
		if !ok || pkg.Obj != nil { // a variable of that name
			return true
		}
		if name := names[pkg.Name][selector.Sel.Name]; name != "" {
			edits = append(edits, edit{selector, name})
			if use := pkg.Name + "." + selector.Sel.Name; !slices.Contains(used, use) {
				used = append(used, use)
			}
		}
		return true
	})
	return edits, used
}

// declares reports whether a file of a package declares one of these names for
// all of it.
func declares(text []byte, names []string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	is := func(ident *ast.Ident) bool { return ident != nil && slices.Contains(names, ident.Name) }
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && is(d.Name) {
				return true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					if is(spec.Name) {
						return true
					}
				case *ast.ValueSpec:
					if slices.ContainsFunc(spec.Names, is) {
						return true
					}
				}
			}
		}
	}
	return false
}
