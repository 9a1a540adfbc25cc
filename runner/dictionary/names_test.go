package dictionary

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// pythons are the interpreters of this machine, one for each version from 3.11
// on, and what names.py prints in them.
func pythons(t *testing.T) map[string][]string {
	t.Helper()
	candidates := []string{needPython(t).Executable, "python3.11", "python3.12", "python3.13", "python3.14"}
	if home, err := os.UserHomeDir(); err == nil {
		installed, _ := filepath.Glob(filepath.Join(home, ".pyenv", "versions", "3.1[1-9].*", "bin", "python"))
		candidates = append(candidates, installed...)
	}
	found := map[string][]string{}
	for _, python := range candidates {
		cmd := exec.CommandContext(t.Context(), python, "-B", filepath.Join("testdata", "names.py"))
		cmd.WaitDelay = time.Second
		out, err := cmd.Output()
		if err != nil {
			continue // it is not there, or only called so
		}
		lines := strings.Fields(string(out))
		if version := lines[0]; !before(version, "3.11") && found[version] == nil {
			found[version] = lines[1:]
		}
	}
	return found
}

// before reports whether a version of Python is older than another.
func before(version, other string) bool {
	var a, b int
	fmt.Sscanf(version, "3.%d", &a)
	fmt.Sscanf(other, "3.%d", &b)
	return a < b
}

// Every name of asyncio has an entry, and no entry is of a name that asyncio
// does not have, or says that it is newer or older than it is.
func TestTheDictionaryHasTheNamesOfEveryPython(t *testing.T) {
	t.Parallel()
	entries := byName(t)
	for version, names := range pythons(t) {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			for _, name := range names {
				e, ok := entries[name]
				switch {
				case !ok:
					t.Errorf("content/dictionary/entries.yaml lacks %s", name)
				case e.Since != "" && before(version, e.Since):
					t.Errorf("%s is not new in %s: Python %s has it", name, e.Since, version)
				case e.Gone != "" && !before(version, e.Gone):
					t.Errorf("%s is not gone in %s: Python %s has it", name, e.Gone, version)
				}
			}
			for name, e := range entries {
				there := (e.Since == "" || !before(version, e.Since)) && (e.Gone == "" || before(version, e.Gone))
				if there && !elsewhere(name) && !slices.Contains(names, name) {
					t.Errorf("Python %s has no %s", version, name)
				}
			}
		})
	}
}

// elsewhere reports whether a name is a word of Python's, or of another module,
// or one that names.py does not see: an attribute that is only set, or what is
// there on Windows alone.
func elsewhere(name string) bool {
	return slices.Contains([]string{
		"await", "raise", "try", "except", "n += 1", "sleep in a loop", "async def", "async for", "async with", "coroutine", "except*", "ExceptionGroup", "dict",
		"__aiter__", "__anext__", "__aenter__", "__aexit__", "aiter", "anext", "aclose",
		"contextvars.ContextVar", "contextvars.copy_context", "functools.cache", "heapq", "collections.deque",
		"a task that several await", "gather(return_exceptions=True)", "run_in_executor(ProcessPoolExecutor)",
		"PYTHONASYNCIODEBUG", "loop.slow_callback_duration",
		"Process.pid", "Process.stdin", "Process.stdout", "Process.stderr",
		"ProactorEventLoop", "WindowsProactorEventLoopPolicy", "WindowsSelectorEventLoopPolicy",
		"python -m asyncio ps", "python -m asyncio pstree",
	}, name)
}
