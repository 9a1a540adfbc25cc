package source

import (
	"fmt"
	"go/ast"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// A variant is one as main calls it.
type variant struct {
	Name, Call string
	Returns    bool // an error
	Procs      int
}

// settings are constants for the settings that are numbers or durations.
func (p *program) settings() []string {
	texts := p.lesson.Defaults().Texts()
	var constants []string
	for _, s := range p.lesson.Settings {
		text := texts[s.Name]
		if d, err := time.ParseDuration(text); err == nil && strings.Trim(text, "0123456789") != "" {
			constants = append(constants, s.Name+" = "+duration(d))
		} else if n, err := strconv.Atoi(text); err == nil {
			constants = append(constants, fmt.Sprintf("%s = %d", s.Name, n))
		}
	}
	return constants
}

// duration is a duration as Go code.
func duration(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}} {
		if d%unit.size == 0 {
			return fmt.Sprintf("%d * time.%s", d/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d * time.Nanosecond", d)
}

// call is how main calls a function. Its parameters have the names of
// settings, or are what the lesson's server is for: its address, or a list of
// such.
func (p *program) call(f *ast.FuncDecl) string {
	var arguments []string
	for _, field := range f.Type.Params.List {
		for _, name := range field.Names {
			argument := name.Name
			switch t := field.Type.(type) {
			case *ast.SelectorExpr:
				if t.Sel.Name == "Context" {
					argument = "ctx"
				}
			case *ast.StarExpr: // nobody but go test makes a *testing.T; an empty one does
				argument = "new(testing.T)"
			case *ast.Ident:
				if t.Name == "string" {
					argument = "server." + p.address()
				}
			case *ast.ArrayType:
				list := strings.ToUpper(argument[:1]) + argument[1:]
				argument = fmt.Sprintf("server.%s(%s)", list, argument)
			}
			arguments = append(arguments, argument)
		}
	}
	return fmt.Sprintf("%s(%s)", f.Name.Name, strings.Join(arguments, ", "))
}

// address is the first field of the server that is a string.
func (p *program) address() string {
	serve := p.function("", "Serve")
	if serve == nil {
		return ""
	}
	server := typeName(serve.Type.Results.List[0].Type)
	address := ""
	for _, file := range p.files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || spec.Name.Name != server {
				return true
			}
			structure, ok := spec.Type.(*ast.StructType)
			if !ok {
				return false
			}
			for _, field := range structure.Fields.List {
				if typeName(field.Type) == "string" && address == "" && len(field.Names) > 0 && field.Names[0].IsExported() {
					address = field.Names[0].Name
				}
			}
			return false
		})
	}
	return address
}

func layout() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"comment": func(text string) string { return "// " + strings.ReplaceAll(text, "\n", "\n// ") },
	}).Parse(`{{define "call"}}{{if .Returns}}return {{.Call}}{{else}}{{.Call}}; return nil{{end}}{{end -}}
{{comment .Doc}}
//
//	go run {{.ID}}.go               runs all variants
//	go run {{.ID}}.go {{(index .Variants 0).Name}}    runs one of them
{{- with .Modules}}
//
// It imports more than the standard library. In a folder of its own, first:
//
//	go mod init {{$.ID}}
{{- range .}}
//	go get {{.}}
{{- end}}
{{- end}}
{{- with .System}}
//
// It is for {{.}}: on other systems a few lines differ.
{{- end}}
package main

import (
{{- range .Imports}}
{{range .}}	{{.}}
{{end}}{{end}})

func main() {
	{{- with .Settings}}
	const ({{range .}}
		{{.}}{{end}}
	)
	{{- end}}
	ctx := context.Background()
	{{- with .Serve}}
	server, err := {{.}}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer server.Close()
	{{- end}}
	for _, variant := range []struct {
		name string
		run  func() error
	}{
		{{- range .Variants}}
		{{- if .Procs}}
		{"{{.Name}}", func() error {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS({{.Procs}}))
			{{template "call" .}}
		}},
		{{- else}}
		{"{{.Name}}", func() error { {{template "call" .}} }},
		{{- end}}
		{{- end}}
	} {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], variant.name) {
			continue
		}
		fmt.Println("==", variant.name)
		start := time.Now()
		if err := variant.run(); err != nil {
			fmt.Println("failed:", err)
		}
		fmt.Printf("== %s took %.2f s\n\n", variant.name, time.Since(start).Seconds())
	}
}
{{.Bodies}}`))
}
