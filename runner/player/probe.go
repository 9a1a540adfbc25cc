package player

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/group"
	"gosyncio/runner/janitor"
)

// probe makes any Python, however old, tell about itself.
//
//go:embed probe.py
var probe string

// probeMarker is the line behind which an interpreter's answer stands.
// Whatever comes before is from a wrapper, or from the site's customization.
const probeMarker = "gosyncio asks Python"

// An answer is what an interpreter said.
type answer struct {
	lines []string // behind the marker, printable
	// reason is why it does not work, in the interpreter's own words; "" if
	// it did not say.
	reason string
	err    error // of its process
}

// line is one of the answer's lines; "" if it has not so many.
func (a answer) line(i int) string {
	if i >= len(a.lines) {
		return ""
	}
	return a.lines[i]
}

// ask has the interpreter at path run code, which says its first argument,
// probeMarker, in a line of its own and then its answer. It runs in an empty
// folder, where nothing can be taken for a module. It is given
// timeouts.probe.
func ask(ctx context.Context, env environ.Environ, timeouts timeouts, path, code string, args ...string) answer {
	ctx, cancel := context.WithTimeout(ctx, timeouts.probe)
	defer cancel()
	cmd := group.Command(ctx, path, append([]string{"-B", "-c", code, probeMarker}, args...)...)
	cmd.Env = inherited(env)
	cmd.Dir = string(filepath.Separator) // seldom has modules, either
	if folder, err := env.MkdirTemp(); err == nil {
		defer os.RemoveAll(folder)
		cmd.Dir = absolute(folder)
		cmd.Env = append(cmd.Env, janitor.Entry(cmd.Dir))
		defer group.Sweep(janitor.Entry(cmd.Dir))
	}
	var printed, complaint tail
	cmd.Stdout, cmd.Stderr = &printed, &complaint
	status, err := group.Run(cmd)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	a := answer{reason: reason(strings.Split(complaint.String(), "\n")), err: err}
	switch {
	case err != nil:
		a.reason = printable(err.Error())
	case status != 0:
		a.err = fmt.Errorf("exit status %d", status)
	}
	for line := range strings.Lines(behindMarker(printed.String())) {
		line = printable(strings.TrimSpace(line))
		if why, ok := strings.CutPrefix(line, "fails: "); ok {
			a.reason = why
		}
		a.lines = append(a.lines, line)
	}
	return a
}

// behindMarker is what an interpreter printed behind the last line that is
// the marker; a wrapper may have printed its arguments.
func behindMarker(printed string) string {
	const marker = "\n" + probeMarker + "\n"
	printed = "\n" + strings.ReplaceAll(printed, "\r\n", "\n")
	if i := strings.LastIndex(printed, marker); i >= 0 {
		return printed[i+len(marker):]
	}
	return ""
}

// reason is the line of those that a program wrote to its stderr before it
// died which says why: the first with which Go says that it dies; or the last
// that names an error, behind that with which Python says so; or that one; or
// the last of all; "" if there is none. It is printable.
func reason(lines []string) string {
	var last, named, fatal string
	for _, line := range lines {
		line = printable(strings.TrimSpace(line))
		switch {
		case strings.HasPrefix(line, fatalPython):
			fatal, named = cmp.Or(fatal, line), ""
		case isCrash(line):
			return line
		case namesError().MatchString(line):
			named = line
		}
		last = cmp.Or(line, last)
	}
	return cmp.Or(named, fatal, last)
}

// namesError matches the line with which Python ends a traceback.
var namesError = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\w+\.)*[A-Z]\w*(Error|Exception|Exit|Interrupt)\b`)
})

// A tail keeps the end of what is written to it.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 64 << 10
	t.kept = append(t.kept, p...)
	if len(t.kept) > 2*most {
		t.kept = append(t.kept[:0], t.kept[len(t.kept)-most:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.kept) }

// A remedy is what to do about an error, which is known by a part of its
// text.
type remedy struct{ part, next string }

// remedies are for errors that come from the learner's surroundings. The
// first that fits counts.
func remedies() []remedy {
	const files, processes = "let more files be open: ulimit -n 4096", "let more processes and threads run: see ulimit -u"
	return []remedy{
		{"hides Python's own ", "rename it, or take its folder out of PYTHONPATH"},
		{"this Python was built without ", "install another Python, or name one in " + PythonVariable},
		{"there is no place for what processes share", "give the machine or the container a /dev/shm that can be written to"},
		{"database or disk is full", "set " + temporaryVariable() + " to a folder with room that can be written to"},
		{noTemporaryFiles, "set " + temporaryVariable() + " to a folder with room that can be written to"},
		{"unable to open database file", files},
		{"No module named 'encodings'", "unset PYTHONHOME, or set it to where a Python 3.11 or newer is"},
		{"Too many open files", files},
		{"too many open files", files},
		{"can't start new thread", processes},
		{"failed to create new OS thread", processes},
		{"fatal error: newosproc", processes},
		{"fatal error: runtime.newosproc", processes},
		{"Resource temporarily unavailable", processes},
		{"resource temporarily unavailable", processes},
	}
}

// temporaryVariable names the environment variable with the folder for
// temporary files.
func temporaryVariable() string {
	if runtime.GOOS == "windows" {
		return "TMP"
	}
	return "TMPDIR"
}

// remedyFor is what to do about an error; "" if that is not known.
func remedyFor(text string) string {
	for _, r := range remedies() {
		if strings.Contains(text, r.part) {
			return r.next
		}
	}
	return ""
}

// advised is the error, as a *fault.Error if it is known what to do about it.
func advised(err error) error {
	next := remedyFor(err.Error())
	if next == "" {
		return err
	}
	return &fault.Error{What: err.Error(), Next: next, Err: err}
}

// withRemedy is the error, in one line, with what to do about it if that is
// known.
func withRemedy(text string) string {
	next := remedyFor(text)
	if next == "" || strings.HasSuffix(text, next) {
		return text
	}
	return fmt.Sprintf("%s; %s", text, next)
}
