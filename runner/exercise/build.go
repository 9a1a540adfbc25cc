package exercise

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"

	"gosyncio/runner/child"
	"gosyncio/runner/player"
)

// demoPackage is the main package of a program that shows an exercise, in its
// module.
const demoPackage = "demo"

// demoMain is that package for a check's package. What the program may take
// is more than any exercise needs.
const demoMain = `package main

import (
	"os"

	check "gosyncio/%s"
	"gosyncio/runner/child"
)

func main() { os.Exit(child.Run(child.Options{Memory: 1 << 30}, check.Demo)) }
`

// Shows reports whether the exercise can be run for real, see Build: its
// check's package has a function Demo.
func (e Exercise) Shows() bool {
	files, err := e.CheckFiles()
	if err != nil {
		return false
	}
	demo := regexp.MustCompile(`(?m)^func Demo\(`)
	for name, text := range files {
		if path.Dir(name) == e.CheckPackage() && demo.Match(text) {
			return true
		}
	}
	return false
}

// Build builds the program that runs an exercise, with that text of its file,
// in real time, and puts it into a folder that it makes, where it must stay as
// long as it is run. A verdict says why it does not compile; the program is nil then.
// The error says that nothing could be built: it is a *fault.Error if there is
// no Go.
func (c *Checker) Build(ctx context.Context, e Exercise, text []byte, folder string) (*player.Program, *Verdict, error) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	program, v, err := c.buildDemo(ctx, e, text, folder)
	if v != nil {
		v.Code = code(text, v.Line)
	}
	return program, v, err
}

func (c *Checker) buildDemo(ctx context.Context, e Exercise, text []byte, folder string) (*player.Program, *Verdict, error) {
	src, problem := read(e, text)
	if problem != nil {
		return nil, problem, nil
	}
	tools, err := findGo(c.environ)
	if err != nil {
		return nil, nil, err
	}
	if err := writeDemo(folder, e, text); err != nil {
		return nil, nil, c.noPlace(err)
	}
	tools.environ = append(tools.environ, "GOTMPDIR="+folder) // a build that is ended leaves its own there
	to := filepath.Join(folder, binary(e.Name))
	output, ok, err := tools.run(ctx, folder, nil, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", to, "./"+demoPackage)
	if err != nil {
		return nil, nil, err
	}
	if !ok {
		j := &job{exercise: e, src: src}
		if v := j.remark(Compile, output); v != nil {
			return nil, v, nil
		}
		return nil, nil, c.notBuilt(e, output)
	}
	return &player.Program{Path: to, Package: "gosyncio/" + path.Dir(e.GivenPath()), Source: text}, nil, nil
}

// writeDemo writes the module of the program.
func writeDemo(folder string, e Exercise, text []byte) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	if err := writeModule(folder, e, text); err != nil {
		return err
	}
	sources, err := child.Source()
	if err != nil {
		return err
	}
	files := map[string][]byte{demoPackage + "/main.go": fmt.Appendf(nil, demoMain, e.CheckPackage())}
	for name, source := range sources {
		files["runner/child/"+name] = source
	}
	return writeFiles(folder, files)
}
