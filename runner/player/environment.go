package player

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"gosyncio/runner/environ"
)

// inheritance says what a child inherits. In each list stand names, or, with
// a star behind, what names begin with.
type inheritance struct {
	// dropped changes how a language, or what loads it, behaves or talks.
	dropped []string
	// kept is handed on nevertheless.
	kept []string
	// settings are the only ones of GODEBUG that are handed on.
	settings []string
	// searched are lists of folders, and folders those that name one.
	searched, folders []string
}

// usualInheritance hands on everything that it does not name, for nobody
// knows what finds an interpreter and starts it: a version manager, a shim
// and a wrapper have variables of their own. Of the languages' own variables,
// though, it hands on only those that it names, for each new version brings
// others.
func usualInheritance() inheritance {
	return inheritance{
		dropped: []string{
			"PYTHON*",
			"GODEBUG", "GOTRACEBACK", "GOGC", "GOMEMLIMIT",
			"LD_DEBUG*", "LD_SHOW_AUXV", "LD_TRACE_*", "LD_VERBOSE", "LD_WARN", "LD_PROFILE*",
			"DYLD_PRINT_*", "MALLOC_*", "Malloc*",
		},
		kept: []string{
			// Where modules are.
			"PYTHONPATH", "PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONEXECUTABLE", "PYTHONUSERBASE", "PYTHONNOUSERSITE",
			// Where compiled ones go.
			"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
			// Not Python's, but scripts': the interpreter to start.
			"PYTHON",
		},
		// Without them a program may not start, or not reach what the learner
		// named.
		settings: []string{"cpu.*", "fips140", "netdns", "http2client", "http2server", "tls*", "x509*"},
		searched: []string{"PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"},
		folders:  []string{"TMPDIR", "TEMP", "TMP", "HOME", "PYTHONUSERBASE", "PYTHONPYCACHEPREFIX", "VIRTUAL_ENV"},
	}
}

// inherited is the environment of a child as far as it comes from env.
// Folders are named by their whole paths, since a child may be started in
// another folder.
func inherited(env environ.Environ) environ.Environ {
	rules := usualInheritance()
	child := make(environ.Environ, 0, len(env)+2)
	for _, entry := range env {
		name, value, _ := strings.Cut(entry, "=")
		if matches(rules.dropped, name) && !matches(rules.kept, name) {
			continue
		}
		switch {
		case matches(rules.searched, name):
			entry = name + "=" + absoluteList(value)
		case matches(rules.folders, name) && value != "":
			entry = name + "=" + absolute(value)
		}
		child = append(child, entry)
	}
	return child
}

// inheritedSettings are those of GODEBUG in env that a child gets, each with
// a comma behind it.
func inheritedSettings(env environ.Environ) string {
	allowed := usualInheritance().settings
	var settings strings.Builder
	for setting := range strings.SplitSeq(env.Get("GODEBUG"), ",") {
		name, value, _ := strings.Cut(setting, "=")
		if !matches(allowed, name) {
			continue
		}
		if name == "netdns" {
			value = strings.TrimRight(value, "+0123456789") // "go+1" has it say what it does
		}
		settings.WriteString(name + "=" + value + ",")
	}
	return settings.String()
}

// matches reports whether a pattern matches the name. Windows does not tell
// names apart by their case.
func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		name := name
		if runtime.GOOS == "windows" {
			pattern, name = strings.ToUpper(pattern), strings.ToUpper(name)
		}
		if start, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(name, start)
		}
		return name == pattern
	})
}

// absoluteList is a list of folders by their whole paths. An empty entry,
// which a colon too many makes, would stand for the current folder: it is
// left out.
func absoluteList(list string) string {
	relative := func(folder string) bool { return !filepath.IsAbs(folder) }
	all := filepath.SplitList(list)
	if !slices.ContainsFunc(all, relative) {
		return list
	}
	all = slices.DeleteFunc(all, func(folder string) bool { return folder == "" })
	for i, folder := range all {
		all[i] = absolute(folder)
	}
	return strings.Join(all, string(filepath.ListSeparator))
}

// absolute is the whole path of a file; path itself if that is not known.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}
