package course_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
	"gosyncio/runner/termtest"
)

// hostileTo is an environment that is hostile to lessons in all ways at once.
func hostileTo(t *testing.T, python player.Interpreter) []string {
	t.Helper()
	folder := t.TempDir()
	wrapper := filepath.Join(folder, "python")
	termtest.Executable(t, wrapper, `#!/bin/sh
echo "a banner"; echo "a banner" >&2; printf 'no end'
PYTHONASYNCIODEBUG=1 exec '`+python.Executable+`' -W ignore -u -P "$@"
`)
	site := filepath.Join(folder, "site")
	if err := os.Mkdir(site, 0o700); err != nil {
		t.Fatal(err)
	}
	customize := `
import asyncio, logging, sys, warnings
print("hello from the site")
print("hello from the site", file=sys.stderr)
class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        raise OSError("not this loop")
asyncio.set_event_loop_policy(Policy())
warnings.simplefilter("ignore")
logging.captureWarnings(True)
logging.basicConfig(level=0)
raise ValueError("the site is broken")
`
	if err := os.WriteFile(filepath.Join(site, "sitecustomize.py"), []byte(customize), 0o600); err != nil {
		t.Fatal(err)
	}
	return append(os.Environ(), player.PythonVariable+"="+wrapper, "PYTHONPATH=:"+site,
		"GODEBUG=gctrace=1,schedtrace=10,inittrace=1,scavtrace=1,asyncpreemptoff=1,traceadvanceperiod=1",
		"GOGC=10", "GOMEMLIMIT=much", "GOTRACEBACK=crash",
		"LD_DEBUG=libs", "LD_SHOW_AUXV=1", "LC_ALL=C",
		"PYTHONWARNINGS=ignore", "PYTHONDEVMODE=1", "PYTHONVERBOSE=1", "PYTHONSTARTUP=/nosuch", "PYTHONINSPECT=1", "PYTHONOPTIMIZE=2",
		"PYTHONUNBUFFERED=1", "PYTHONFAULTHANDLER=1", "PYTHONTRACEMALLOC=5", "PYTHONPROFILEIMPORTTIME=1", "PYTHONMALLOC=debug",
		"PYTHONMALLOCSTATS=1", "PYTHONHASHSEED=0", "PYTHONIOENCODING=latin-1", "PYTHONUTF8=0", "PYTHONSAFEPATH=1", "PYTHONBREAKPOINT=nosuch",
		"PYTHON_GIL=1", "PYTHON_CPU_COUNT=1")
}

// undetermined are the lines, by lesson, variant and language, of which the
// machine's speed decides whether they are printed.
func undetermined() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"coroutines forgotten go": regexp.MustCompile(`^(Hello\.\.\.|\.\.\.World!)$`),
		"gather grouped python":   regexp.MustCompile(`^A finished`),
		"gather grouped go":       regexp.MustCompile(`^A finished`),
		"tasks cancelled python":  regexp.MustCompile(`^A (finished|was cancelled)`),
		"tasks listening go":      regexp.MustCompile(`^A (finished|was cancelled)`),
		"rules start python":      regexp.MustCompile(`^leftover (goes on|is cancelled)$`),
		"rules start go":          regexp.MustCompile(`^leftover `),
	}
}

// blurred is what a run printed but for the order, for what differs from one
// run to the next in numbers, for how often a line was printed that differs
// in nothing else, and for lines that match leave, which may be nil.
func blurred(run player.Recording, leave *regexp.Regexp) []string {
	figures := regexp.MustCompile(`\d+(\.\d+)?( ?[nµm]?s\b)?`)
	bars := regexp.MustCompile(` *█+`)
	var lines []string
	for _, line := range output(run) {
		if leave != nil && leave.MatchString(line) {
			continue
		}
		lines = append(lines, bars.ReplaceAllString(figures.ReplaceAllString(line, "N"), ""))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// Every lesson looks the same in both languages, and in surroundings that are
// hostile in all ways at once.
func TestEachLessonLooksTheSame(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	python := needPython(t)
	clean := player.New(append(os.Environ(), player.PythonVariable+"="+python.Executable)) // which may stand behind a script
	var hostile *player.Player
	if runtime.GOOS != "windows" {
		hostile = player.New(hostileTo(t, python))
	}
	for _, lesson := range lessons.All() {
		t.Run(lesson.ID, func(t *testing.T) {
			t.Parallel()
			facts := lessontest.FactsOf(t, lesson.ID)
			r := request(t, lesson.ID, lesson.VariantNames(), facts.Settings.Compared, plan.Both)
			want := playedBy(t, clean, r, 1)[0]
			t.Run("in both languages", func(t *testing.T) { checkTwins(t, want, facts) })
			t.Run("in hostile surroundings", func(t *testing.T) {
				if hostile == nil {
					t.Skip("needs a shell")
				}
				checkSameOutput(t, playedBy(t, hostile, r, 1)[0], want)
			})
		})
	}
}

// checkSameOutput wants runs to have printed what they print in a clean
// environment, and none to have failed.
func checkSameOutput(t *testing.T, got, want player.Snapshot) {
	t.Helper()
	for i, run := range got.Runs {
		if run.Job.Variant.Dies != "" && run.Job.Language == player.Go {
			continue // goroutines, addresses: no two are alike
		}
		name := fmt.Sprintf("%s %s %s", got.Lesson.ID, run.Job.Variant.Name, run.Job.Language.ID())
		if run.Status.Err != "" || want.Runs[i].Status.Err != "" {
			t.Errorf("%s: error %q, in a clean environment %q", name, run.Status.Err, want.Runs[i].Status.Err)
		}
		got, want := blurred(run, undetermined()[name]), blurred(want.Runs[i], undetermined()[name])
		if !slices.Equal(got, want) {
			t.Errorf("%s prints\n%s\nin a clean environment\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
