// Package overlay builds a Go program of the learner's own so that it can be
// followed: with the tracer, which it starts when it is told to. Nothing of
// the learner's is touched: what is changed, or added, the compiler gets by
// the go command's -overlay.
package overlay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/group"
)

// Options say what is built, and how.
type Options struct {
	// Target is a folder, a Go file, several of them of one package, separated
	// by a comma, or an import path.
	Target string
	Tags   string // build tags, as for go build -tags
	Test   bool   // the package's tests, and not its program
	Leaks  bool   // with the runtime's profile of goroutines that leak, where there is one
}

// A Builder builds programs with the go command that an environment has.
type Builder struct {
	path    string
	environ environ.Environ
}

// New is a Builder. The error is a *fault.Error if there is no Go.
//
// The learner's settings of the go command are kept, for the program may need
// them, but nothing is fetched.
func New(env environ.Environ) (*Builder, error) {
	path, err := env.LookPath("go")
	if err != nil {
		return nil, &fault.Error{
			What: "there is no go command on the PATH to build the program with",
			Next: "install Go 1.25 or newer, and open another terminal",
			Err:  err,
		}
	}
	offline := []string{"GOPROXY=off", "GONOPROXY=none", "GOPRIVATE=", "GOTELEMETRY=off"}
	return &Builder{path, append(slices.Clone(env), offline...)}, nil
}

// listed is what go list says of a package.
type listed struct {
	Dir, Name, ImportPath     string
	GoFiles, CgoFiles         []string
	TestGoFiles, XTestGoFiles []string
	Deps                      []string
	Module                    *module
	Standard                  bool
	DepOnly                   bool // it was not asked for
	Error                     *listError
}

type module struct {
	Path, Dir string
	Main      bool
	Replace   *module
}

// isOwn reports whether a module is one that the learner works on: one of the
// workspace, or one that stands in a folder in the place of another.
func (m *module) isOwn() bool {
	return m != nil && (m.Main || m.Replace != nil && (filepath.IsAbs(m.Replace.Path) || isPath(m.Replace.Path)))
}

type listError struct{ Pos, Err string }

// A target is the package to build, as the go command knows it.
type target struct {
	listed
	folder string   // in which the go command runs
	args   []string // by which it knows the package there
	files  bool     // they are files, and all that there are
	test   bool
	// modules are the learner's own ones that it is made of.
	modules []*module
}

// flags are those of the go command that say what belongs to a package. Tags
// that the learner has in GOFLAGS count unless there are others.
func (o Options) flags() []string {
	if o.Tags == "" {
		return nil
	}
	return []string{"-tags=" + o.Tags}
}

// find finds the package of a target.
func (b *Builder) find(ctx context.Context, o Options) (*target, error) {
	t := &target{test: o.Test}
	names := strings.Split(strings.ReplaceAll(o.Target, ".go,", ".go\x00"), "\x00") // a folder's name may have a comma, too
	info, err := os.Stat(o.Target)
	switch {
	case err == nil && info.IsDir():
		t.folder, t.args = o.Target, []string{"."}
	case strings.HasSuffix(names[0], ".go"):
		t.files, t.folder = true, filepath.Dir(names[0])
		for _, name := range names {
			if _, err := os.Stat(name); err != nil {
				return nil, missing(name, err)
			}
			if filepath.Dir(name) != t.folder {
				return nil, fault.Usage(fmt.Sprintf("%s and %s are not of one package", names[0], name), "name files of one folder")
			}
			t.args = append(t.args, filepath.Base(name))
		}
	case err == nil:
		return nil, fault.Usage(o.Target+" is neither a folder nor a Go file", wanted)
	case isPath(o.Target) && !strings.Contains(o.Target, "..."):
		return nil, missing(o.Target, err)
	default:
		t.folder, t.args = ".", []string{o.Target}
	}
	if t.folder, err = filepath.Abs(t.folder); err != nil {
		return nil, err
	}
	args := []string{"list", "-e", "-deps", "-json=Dir,Name,ImportPath,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Deps,Module,Standard,DepOnly,Error"}
	out, complaint, err := b.run(ctx, t.folder, nil, slices.Concat(args, o.flags(), []string{"--"}, t.args)...)
	if err != nil {
		return nil, err
	}
	var found []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := decoder.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, b.unbuilt(o, t, nil, complaint)
		}
		if m := l.Module; m.isOwn() && !slices.ContainsFunc(t.modules, func(known *module) bool { return known.Path == m.Path }) {
			t.modules = append(t.modules, m)
		}
		if !l.DepOnly {
			found = append(found, l)
		}
	}
	switch {
	case len(found) == 0:
		return nil, b.unbuilt(o, t, nil, complaint)
	case len(found) > 1:
		return nil, fault.Usage(fmt.Sprintf("%s is %d packages", o.Target, len(found)), "name one of them, such as "+found[0].ImportPath)
	}
	t.listed = found[0]
	switch {
	case t.Error != nil:
		return nil, b.unlisted(o, t)
	case t.Standard && !o.Test:
		return nil, fault.Usage(o.Target+" is of the standard library", "name a program of your own, or another one's")
	case o.Test && len(t.TestGoFiles)+len(t.XTestGoFiles) == 0:
		return nil, fault.Usage(o.Target+" has no tests", "name a package with tests, or leave out what begins with -test")
	case !o.Test && t.Name != "main":
		return nil, fault.Usage(fmt.Sprintf("%s is package %s, and no program", o.Target, t.Name), "name a package main; to watch its tests, add -test.v")
	}
	return t, nil
}

// unlisted is the error for what the go command does not find.
func (b *Builder) unlisted(o Options, t *target) error {
	switch says := t.Error.Err; {
	case strings.Contains(says, "build constraints exclude all Go files"):
		return fault.Usage(o.Target+" has no Go files for these tags, and this machine", "give the tags that it is built with: --tags")
	case strings.Contains(says, "no Go files in"):
		return fault.Usage(o.Target+" has no Go files", wanted)
	case strings.Contains(says, "is not in std"), strings.Contains(says, "malformed import path"):
		return missing(o.Target, fs.ErrNotExist)
	}
	return b.unbuilt(o, t, nil, strings.TrimPrefix(t.Error.Pos+": "+t.Error.Err, ": "))
}

// isPath reports whether a target is meant as the path of a file or a folder,
// as the go command tells them apart.
func isPath(name string) bool {
	return filepath.IsAbs(name) || name == "." || name == ".." || strings.HasPrefix(filepath.ToSlash(name), "./") || strings.HasPrefix(filepath.ToSlash(name), "../")
}

// wanted is what to name.
const wanted = "name a folder with a Go program, a Go file, or an asyncio script"

func missing(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Usage("there is no "+name, wanted)
	}
	return fault.Usage(err.Error(), wanted)
}

// run runs the go command in a folder.
func (b *Builder) run(ctx context.Context, folder string, extra []string, args ...string) (out []byte, complaint string, err error) {
	cmd := group.Command(ctx, b.path, args...)
	cmd.Dir, cmd.Env = folder, slices.Concat(b.environ, extra, []string{"PWD=" + folder, "GOGC=400"})
	var stdout bytes.Buffer
	stderr := &group.Output{Each: 64 << 10}
	cmd.Stdout, cmd.Stderr = &stdout, stderr
	status, err := group.Run(cmd)
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		return nil, "", fmt.Errorf("run %s: %w", b.path, err)
	case status != 0 && stderr.Count == 0:
		return nil, "the go command ended with " + cmd.ProcessState.String(), nil
	}
	return stdout.Bytes(), stderr.String(), nil
}
