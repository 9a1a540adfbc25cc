package player

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/child"
	"gosyncio/runner/fault"
)

func TestWhatAChildInherits(t *testing.T) {
	t.Parallel()
	kept := []string{
		"PATH=/bin", "HOME=/home/x", "LANG=de_DE.UTF-8", "LC_ALL=C", "TMPDIR=/tmp", "SystemRoot=C:\\Windows", "LD_LIBRARY_PATH=/lib", "LD_PRELOAD=/x.so",
		"VIRTUAL_ENV=/venv", "CONDA_PREFIX=/conda", "PYENV_VERSION=3.13", "__PYVENV_LAUNCHER__=/x", "SSL_CERT_FILE=/x", "https_proxy=http://x",
		"PYTHON=/opt/python", "PYTHONPATH=/lib/a", "PYTHONHOME=/usr", "PYTHONPLATLIBDIR=lib64", "PYTHONUSERBASE=/x", "PYTHONNOUSERSITE=1",
		"PYTHONEXECUTABLE=/x", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPYCACHEPREFIX=/x",
		"GOSYNCIO_STATE=/x", "GOSYNCIO_WHATEVER=1", "GORACE=atexit_sleep_ms=0", "GOCOVERDIR=/x", "GOMAXPROCS=2", "GOROOT=/x", "EMPTY=", "no assignment",
	}
	dropped := []string{
		"PYTHONWARNINGS=ignore", "PYTHONASYNCIODEBUG=1", "PYTHONDEVMODE=1", "PYTHONVERBOSE=2", "PYTHONSTARTUP=/x", "PYTHONINSPECT=1", "PYTHONOPTIMIZE=2",
		"PYTHONUNBUFFERED=1", "PYTHONFAULTHANDLER=1", "PYTHONTRACEMALLOC=5", "PYTHONPROFILEIMPORTTIME=1", "PYTHONDUMPREFS=1", "PYTHONMALLOC=debug",
		"PYTHONMALLOCSTATS=1", "PYTHONHASHSEED=0", "PYTHONIOENCODING=latin-1", "PYTHONUTF8=0", "PYTHONSAFEPATH=1", "PYTHONBREAKPOINT=x",
		"PYTHONCOERCECLOCALE=warn", "PYTHONDEBUG=1", "PYTHONINTMAXSTRDIGITS=640", "PYTHONNODEBUGRANGES=1", "PYTHONPERFSUPPORT=1",
		"PYTHON_GIL=1", "PYTHON_CPU_COUNT=1", "PYTHON_JIT=1", "PYTHON_COLORS=1", "PYTHON_PRESITE=x", "PYTHON_OF_THE_FUTURE=1",
		"GODEBUG=gctrace=1", "GOTRACEBACK=crash", "GOGC=1", "GOMEMLIMIT=much",
		"LD_DEBUG=all", "LD_SHOW_AUXV=1", "LD_TRACE_LOADED_OBJECTS=1", "DYLD_PRINT_LIBRARIES=1", "MALLOC_TRACE=/x", "MallocStackLogging=1",
	}
	if runtime.GOOS == "windows" { // its paths are others
		kept = slices.DeleteFunc(kept, func(entry string) bool { return strings.Contains(entry, "=/") })
	}
	if got := inherited(slices.Concat(kept, dropped)); !slices.Equal(got, kept) {
		t.Errorf("inherited\n%q, want\n%q", got, kept)
	}
}

// In another folder a relative path would name something else, and an entry
// that is empty the folder itself.
func TestAChildFindsThingsFromAnyFolder(t *testing.T) {
	t.Parallel()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	list := func(folders ...string) string { return strings.Join(folders, string(filepath.ListSeparator)) }
	in := func(name string) string { return filepath.Join(here, name) }
	root := filepath.VolumeName(here) + string(filepath.Separator)
	for entry, want := range map[string]string{
		"PATH=" + list("w", root+"bin", "..", ""): "PATH=" + list(in("w"), root+"bin", filepath.Dir(here)),
		"PATH=" + list(root+"bin", root+"sbin"):   "PATH=" + list(root+"bin", root+"sbin"),
		"PYTHONPATH=" + list("", root+"x", "."):   "PYTHONPATH=" + list(root+"x", here),
		"PYTHONPATH=":                             "PYTHONPATH=",
		"PYTHONHOME=py":                           "PYTHONHOME=" + in("py"),
		"TMPDIR=tmp":                              "TMPDIR=" + in("tmp"),
		"VIRTUAL_ENV=venv":                        "VIRTUAL_ENV=" + in("venv"),
		"HOME=":                                   "HOME=",
		"OTHER=w":                                 "OTHER=w",
	} {
		if got := inherited([]string{entry}); len(got) != 1 || got[0] != want {
			t.Errorf("%q becomes %q, want %q", entry, got, want)
		}
	}
}

func TestWhatAGoChildGets(t *testing.T) {
	t.Parallel()
	const period = "traceadvanceperiod=50000000"
	for _, tt := range []struct {
		environ []string
		job     Job
		want    []string
	}{
		{[]string{"A=1"}, Job{}, []string{"A=1", "GODEBUG=" + period}},
		{[]string{"A=1"}, Job{Procs: 2}, []string{"A=1", "GODEBUG=" + period, "GOMAXPROCS=2"}},
		{nil, Job{Part: Part{Variant: lessons.Variant{Procs: 1}}}, []string{"GODEBUG=" + period, "GOMAXPROCS=1"}},
		{[]string{"A=1"}, Job{Values: lessons.Values{CPUs: 1}}, []string{"A=1", "GODEBUG=" + period, "GOMAXPROCS=1"}},
		{[]string{"GOMAXPROCS=5"}, Job{Values: lessons.Values{CPUs: 1}}, []string{"GOMAXPROCS=5", "GODEBUG=" + period}},
		{nil, Job{Values: lessons.Values{CPUs: 4}, Part: Part{Variant: lessons.Variant{Procs: 1}}}, []string{"GODEBUG=" + period, "GOMAXPROCS=1"}},
		{nil, Job{Procs: 2, Part: Part{Variant: lessons.Variant{Procs: 1}}}, []string{"GODEBUG=" + period, "GOMAXPROCS=2"}},
		{[]string{"GODEBUG=gctrace=1,schedtrace=10,scheddetail=1,inittrace=1,scavtrace=1"}, Job{}, []string{"GODEBUG=" + period}},
		{[]string{"GODEBUG=asyncpreemptoff=1,asynctimerchan=1,traceadvanceperiod=1,of-the-future=1"}, Job{}, []string{"GODEBUG=" + period}},
		{[]string{"GODEBUG=netdns=go+2,http2debug=2,cpu.avx2=off"}, Job{}, []string{"GODEBUG=netdns=go,cpu.avx2=off," + period}},
		{[]string{"GODEBUG=", "GODEBUG=fips140=on,tlsrsakex=1"}, Job{}, []string{"GODEBUG=fips140=on,tlsrsakex=1," + period}},
	} {
		if got := childEnv(tt.environ, tt.job); !slices.Equal(got, tt.want) {
			t.Errorf("with %q: %q, want %q", tt.environ, got, tt.want)
		}
	}
}

// Nothing in the environment changes how Go behaves, or has it talk.
func TestAGoRunInHostileSurroundings(t *testing.T) {
	t.Parallel()
	lesson, values := find(t, "tasks", "a=1ms", "b=1ms")
	p := New(append(os.Environ(), "GODEBUG=gctrace=1,schedtrace=1,scheddetail=1,inittrace=1,scavtrace=1,traceadvanceperiod=1",
		"GOGC=1", "GOMEMLIMIT=much", "GOTRACEBACK=crash", "LD_DEBUG=libs", "LD_SHOW_AUXV=1", "PATH=", "HOME=", "TMPDIR=/nosuch"))
	c, err := p.Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential"})})
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	want := []string{"A started", "A finished after 1ms", "B started", "B finished after 1ms"}
	if s := c.Runs[0].Status(); s.Err != "" || !slices.Equal(texts(s), want) {
		t.Errorf("error %q, output %q", s.Err, texts(s))
	}
}

// What is printed before a child is ready is its last word if it fails, and
// forgotten if it does not.
func TestWhatIsPrintedBeforeTheStart(t *testing.T) {
	t.Parallel()
	crash := append([]string{"runtime: failed to create new OS thread", "fatal error: newosproc"}, slices.Repeat([]string{"goroutine 1 [running]:"}, 300)...)
	for _, tt := range []struct {
		name   string
		lines  []string
		reason string
		output []string
	}{
		{"nothing", nil, "", nil},
		{"gets ready", []string{"banner", "", child.QuietLine, "lesson", child.QuietLine}, "", []string{"lesson", child.QuietLine}},
		{"fails", []string{"banner", "", "it does not work"}, "it does not work", []string{"banner", "it does not work"}},
		{"fails in Python", []string{"Traceback:", "OSError: no", "see the manual"}, "OSError: no", []string{"Traceback:", "OSError: no", "see the manual"}},
		{"crashes", append([]string{"banner"}, crash...), crash[0], crash[:maxEarly]},
		{"talks on and on", slices.Repeat([]string{"x"}, 300), "x", slices.Repeat([]string{"x"}, maxEarly)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := &Run{changed: func() {}}
			for _, line := range tt.lines {
				r.hear(time.Now(), line)
			}
			reason := ""
			if !r.begun {
				reason = r.tellEarly()
			}
			if got := texts(r.Status()); reason != tt.reason || !slices.Equal(got, tt.output) {
				t.Errorf("reason %q, output %q; want %q, %q", reason, got, tt.reason, tt.output)
			}
		})
	}
}

// A crash in the middle is the reason, too, but who has come to the end may
// have printed what he likes.
func TestACrashInTheMiddle(t *testing.T) {
	t.Parallel()
	said := append([]string{"A started", "fatal error: newosproc"}, slices.Repeat([]string{"goroutine 1 [running]:"}, 300)...)
	for told, want := range map[bool]string{false: said[1], true: ""} {
		r := &Run{changed: func() {}, begun: true, status: Status{told: told}}
		for _, line := range said {
			r.hear(time.Now(), line)
		}
		got := r.crash()
		if s := r.Status(); got != want || len(s.Output)+s.Dropped != len(said) || (want != "") != (len(s.Output) == maxEarly+1) {
			t.Errorf("reason %q, %d lines and %d dropped; want %q", got, len(s.Output), s.Dropped, want)
		}
	}
}

func TestRemediesAreSaidOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                  "",
		"no such remedy":                    "no such remedy",
		"dial: socket: too many open files": "dial: socket: too many open files; let more files be open: ulimit -n 4096",
		"5 of 9 queries failed, the first: unable to open database file (14)": "5 of 9 queries failed, the first: unable to open database file (14); let more files be open: ulimit -n 4096",
		"x.py:1: this Python was built without _sqlite3":                      "x.py:1: this Python was built without _sqlite3; install another Python, or name one in GOSYNCIO_PYTHON",
	} {
		if got := withRemedy(withRemedy(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What a lesson's server lacks is told with what to do.
func TestNoPlaceForTheFilesOfAServer(t *testing.T) {
	t.Parallel()
	nosuch := filepath.Join(t.TempDir(), "nosuch")
	lesson, values := find(t, "database")
	p := New([]string{"TMPDIR=" + nosuch, "TMP=" + nosuch})
	_, err := p.Play(t.Context(), Setup{Lesson: lesson, Values: values, Parts: pick(t, lesson, []string{"sequential"})})
	wrong, ok := errors.AsType[*fault.Error](err)
	if !ok || !strings.Contains(wrong.What, "no place for temporary files in "+nosuch) || !strings.Contains(wrong.Next, "to a folder with room") {
		t.Errorf("error %v", err)
	}
}
