package overlay

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"gosyncio/runner/fault"
	"gosyncio/runner/timeline"
)

// A Program is one that was built.
type Program struct {
	Path string // of the file to run
	Dir  string // of its package
	Own  timeline.GoProgram
}

// An UnbuiltError says that a program does not compile.
type UnbuiltError struct {
	Target string
	Lines  []string // of the compiler, about the learner's files
}

func (e *UnbuiltError) Error() string {
	return e.Target + " does not compile\n" + strings.Join(e.Lines, "\n")
}

// Build builds a program into a folder that there is, where it must stay as
// long as it runs. The error is an *UnbuiltError if it does not compile, a
// *fault.Error if there is nothing of that kind to build.
func (b *Builder) Build(ctx context.Context, o Options, folder string) (*Program, error) {
	t, err := b.find(ctx, o)
	if err != nil {
		return nil, err
	}
	replaced, added, err := t.overlay(o, folder)
	if err != nil {
		return nil, err
	}
	if slices.Contains(t.Deps, "runtime/pprof") || o.Test {
		b.labels(ctx, folder, replaced)
	}
	file := filepath.Join(folder, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return nil, err
	}
	to := filepath.Join(folder, "program")
	if runtime.GOOS == "windows" {
		to += ".exe"
	}
	command := []string{"build"}
	if o.Test {
		command = []string{"test", "-c", "-vet=off"}
	}
	args := slices.Concat(command, o.flags(), []string{"-overlay=" + file, "-buildvcs=false", "-o", to, "--"}, t.args)
	if t.files {
		args = append(args, filepath.Base(added))
	}
	extra := []string{"GOTMPDIR=" + folder} // a build that is ended leaves its own there
	if o.Leaks && strings.HasPrefix(runtimeVersion(ctx, b), "go1.26") {
		extra = append(extra, "GOEXPERIMENT=goroutineleakprofile")
	}
	_, complaint, err := b.run(ctx, t.folder, extra, args...)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(to); err != nil {
		return nil, b.unbuilt(o, t, replaced, complaint)
	}
	return &Program{Path: to, Dir: t.Dir, Own: t.own(o)}, nil
}

func runtimeVersion(ctx context.Context, b *Builder) string {
	out, _, err := b.run(ctx, ".", nil, "env", "GOVERSION")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// own are the program's own functions.
func (t *target) own(o Options) timeline.GoProgram {
	own := timeline.GoProgram{
		Packages: []string{t.ImportPath},
		Folders:  []string{t.Dir},
		Main:     "main." + mainName,
		Hidden: []string{
			"main." + prefix, t.ImportPath + "." + prefix,
			"runtime/trace.(*traceMultiplexer).startLocked.func1", "runtime.(*traceAdvancerState).start.func1", "runtime.traceStartReadCPU.func1",
		},
		Wrappers: []string{"main.main", t.ImportPath + ".TestMain"},
	}
	if t.Module != nil { // which may be another one's
		own.Packages, own.Folders = append(own.Packages, t.Module.Path), append(own.Folders, t.Module.Dir)
		if t.isAmbiguous() {
			own.Folders = []string{t.Module.Dir}
		}
	}
	for _, m := range t.modules {
		if t.Module == nil || m.Path != t.Module.Path {
			own.Packages, own.Folders = append(own.Packages, m.Path), append(own.Folders, filepath.Dir(m.Dir)) // with the name of its folder
		}
	}
	if o.Test {
		own.Main = ""
		own.Packages = append(own.Packages, t.ImportPath+"_test")
	}
	return own
}

// isAmbiguous reports whether the module has a file at its top that is named as
// one of the package, which is elsewhere.
func (t *target) isAmbiguous() bool {
	return t.Dir != t.Module.Dir && slices.ContainsFunc(slices.Concat(t.GoFiles, t.CgoFiles, t.TestGoFiles, t.XTestGoFiles), func(name string) bool {
		_, err := os.Stat(filepath.Join(t.Module.Dir, name))
		return err == nil
	})
}

// overlay writes what is changed of the package, and what is added, into the
// folder, and says what stands for what.
func (t *target) overlay(o Options, folder string) (replaced map[string]string, added string, err error) {
	replaced = map[string]string{}
	entry, renamed, files := "main", mainName, slices.Concat(t.GoFiles, t.CgoFiles)
	if t.test {
		entry, renamed, files = "TestMain", testName, slices.Concat(t.TestGoFiles, t.XTestGoFiles)
	}
	pkg, hasEntry := t.Name, false
	if t.test && len(t.TestGoFiles) == 0 {
		pkg += "_test"
	}
	texts, endings := make([][]byte, len(files)), true
	for i, name := range files {
		original := filepath.Join(t.Dir, name)
		if texts[i], err = os.ReadFile(original); err != nil {
			return nil, "", missing(original, err)
		}
		endings = endings && !declares(texts[i], endingTypes)
	}
	if t.test { // and what is tested
		for _, name := range slices.Concat(t.GoFiles, t.CgoFiles) {
			text, err := os.ReadFile(filepath.Join(t.Dir, name))
			endings = endings && err == nil && !declares(text, endingTypes)
		}
	}
	for i, name := range files {
		original, text := filepath.Join(t.Dir, name), texts[i]
		if t.test && !bytes.Contains(text, []byte(entry)) {
			continue
		}
		changed, isEntry, ok, err := prepare(text, entry, renamed, endings)
		if err != nil || !ok {
			continue // the compiler says what is wrong with it
		}
		if t.test && !isEntry {
			continue
		}
		if isEntry {
			hasEntry = true
			if t.test && slices.Contains(t.XTestGoFiles, name) {
				pkg = t.Name + "_test"
			}
		}
		to := filepath.Join(folder, fmt.Sprintf("%d_%s", i, name))
		if err := os.WriteFile(to, changed, 0o600); err != nil {
			return nil, "", err
		}
		replaced[original] = to
	}
	if !hasEntry && !t.test {
		return map[string]string{}, "", nil // the compiler says so
	}
	added = t.free()
	from := filepath.Join(folder, "start.go")
	if err := os.WriteFile(from, []byte(start(pkg, o, hasEntry, endings)), 0o600); err != nil {
		return nil, "", err
	}
	replaced[added] = from
	return replaced, added, nil
}

// free is a file that the package does not have.
func (t *target) free() string {
	for i := 1; ; i++ {
		name := fmt.Sprintf("%sstart%d.go", prefix, i)
		if t.test {
			name = fmt.Sprintf("%sstart%d_test.go", prefix, i)
		}
		file := filepath.Join(t.Dir, name)
		if _, err := os.Lstat(file); err != nil {
			return file
		}
	}
}

// labels has the program's pprof labels told in the trace: a line more in the
// standard library's function that sets them. If that is not there as it was,
// there are no labels.
func (b *Builder) labels(ctx context.Context, folder string, replaced map[string]string) {
	out, _, err := b.run(ctx, folder, nil, "env", "GOROOT")
	if err != nil {
		return
	}
	original := filepath.Join(strings.TrimSpace(string(out)), "src", "runtime", "pprof", "runtime.go")
	text, err := os.ReadFile(original)
	if err != nil {
		return
	}
	if text = withLabels(text); text == nil {
		return
	}
	to := filepath.Join(folder, "pprof.go")
	if os.WriteFile(to, text, 0o600) == nil {
		replaced[original] = to
	}
}

// about is a line of the compiler about a file.
var about = regexp.MustCompile(`^(\t?)(.+?\.(?:go|c|h|s|mod|work|sum)):(\d+(?::\d+)?: .*)`)

// mostLines is how many lines are told of what does not compile.
const mostLines = 10

// missingModules are words of the go command, and what helps.
var missingModules = []struct{ words, command string }{
	{"no required module provides", "go mod tidy"},
	{"missing go.sum entry", "go mod tidy"},
	{"updates to go.mod needed", "go mod tidy"},
	{"module lookup disabled", "go mod download"},
	{"cannot find module", "go mod download"},
}

// unbuilt is the error for what the go command says, shortened to what is about
// the learner's files. What stands for these is told as what it stands for.
func (b *Builder) unbuilt(o Options, t *target, replaced map[string]string, complaint string) error {
	if strings.Contains(complaint, "beneath GOMODCACHE") {
		return fault.Usage(o.Target+" is in the cache of modules, in which the go command lets nothing be changed", "copy its module to a folder of your own, and name it there")
	}
	if strings.Contains(complaint, "go.mod file not found") && !t.files {
		return fault.Usage(o.Target+" is in no module", "name its files, such as "+filepath.Join(o.Target, "main.go")+", or make it one: go mod init NAME")
	}
	names := []string{
		mainName, "main", testName, "TestMain", prefix + "exit", "os.Exit",
		prefix + "fatalf", "log.Fatalf", prefix + "fatalln", "log.Fatalln", prefix + "fatal", "log.Fatal",
	}
	complaint = strings.NewReplacer(names...).Replace(complaint)
	var lines, others []string
	more := false
	for line := range strings.Lines(complaint) {
		line = strings.TrimRight(line, "\r\n ")
		switch match := about.FindStringSubmatch(line); {
		case line == "", strings.HasPrefix(line, "# "), strings.HasPrefix(line, "note: "):
		case strings.HasSuffix(line, "too many errors"):
			more = true
		case match != nil:
			file := stoodFor(match[2], replaced)
			if strings.HasPrefix(filepath.Base(file), prefix) { // our own, which the other lines explain
				others = append(others, line)
				continue
			}
			lines = append(lines, match[1]+shortened(t.folder, file)+":"+match[3])
		case strings.HasPrefix(line, "\t") && len(lines) > 0:
			lines = append(lines, line)
		default:
			others = append(others, strings.TrimPrefix(line, "runtime.main_main·f: "))
		}
	}
	if len(lines) == 0 {
		lines = others
	}
	if len(lines) == 0 {
		lines = []string{"the go command does not say why"}
	}
	for _, c := range missingModules {
		if strings.Contains(complaint, c.words) {
			first, _, _ := strings.Cut(lines[0], "; to add")
			return &fault.Error{What: fmt.Sprintf("%s needs modules that are not on this machine: %s", o.Target, first), Next: "fetch them with: " + c.command + " (nothing is fetched by itself)"}
		}
	}
	if len(lines) > mostLines || more {
		lines = append(lines[:min(len(lines), mostLines-1)], "... and more")
	}
	return &UnbuiltError{o.Target, lines}
}

// stoodFor is the file for which one in our folder stands, by whatever path the
// go command tells it, or else the file itself.
func stoodFor(file string, replaced map[string]string) string {
	for original, to := range replaced {
		if strings.HasSuffix(filepath.Clean(file), filepath.Join(filepath.Base(filepath.Dir(to)), filepath.Base(to))) {
			return original
		}
	}
	return file
}

// shortened is a file as it is found from the current folder, if it is near.
func shortened(folder, file string) string {
	if !filepath.IsAbs(file) {
		file = filepath.Join(folder, file)
	}
	here, err := os.Getwd()
	if err != nil {
		return file
	}
	near, err := filepath.Rel(here, file)
	if err != nil || strings.HasPrefix(filepath.ToSlash(near), "../../") {
		return file
	}
	return near
}
