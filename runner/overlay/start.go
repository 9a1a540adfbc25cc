package overlay

import (
	"runtime"
	"strings"

	"gosyncio/runner/child"
)

// PipesVariable names, in the environment of a program, the descriptors (on
// Windows: handles) on which it tells what it does, and is told to start. The
// program takes it away before its main begins. SettingsVariable holds the
// GODEBUG that it is to have then.
const (
	PipesVariable    = "GOSYNCIO_PIPES"
	SettingsVariable = "GOSYNCIO_GODEBUG"
	LeaksVariable    = "GOSYNCIO_LEAKS" // a file for the profile of leaks
)

// startText is the file that is added to the package. It keeps to the Go of
// any go.mod, and away from names that the package may have for itself: those
// that Go predeclares, such as nil and string, are not used either.
const startText = `package PACKAGE

import (
	gosyncio_context "context"
	gosyncio_fmt "fmt"
	gosyncio_os "os"
	gosyncio_trace "runtime/trace"
	gosyncio_sync "sync"
	gosyncio_syscall "syscall"
	gosyncio_unsafe "unsafe"
IMPORTS)

var gosyncio_once gosyncio_sync.Once
var gosyncio_begun, gosyncio_traced = 1 > 2, 1 > 2

// gosyncio_begin starts the tracer and waits for the start signal. What it
// returns is to be called at the end.
func gosyncio_begin() func() {
	pipes := gosyncio_os.Getenv("PIPES_VARIABLE")
	if gosyncio_begun || pipes == "" {
		return func() {}
	}
	gosyncio_begun = 1 < 2
	gosyncio_os.Unsetenv("PIPES_VARIABLE")
	settings, set := gosyncio_os.LookupEnv("SETTINGS_VARIABLE")
	gosyncio_os.Unsetenv("SETTINGS_VARIABLE")
	if set {
		gosyncio_os.Setenv("GODEBUG", settings)
	} else {
		gosyncio_os.Unsetenv("GODEBUG")
	}
	events, control := gosyncio_unsafe.Sizeof(0), gosyncio_unsafe.Sizeof(0) // numbers of the type of a descriptor
	gosyncio_fmt.Sscanf(pipes, "%d,%d", &events, &control)
	CLOSE
	gosyncio_trace.Start(gosyncio_os.NewFile(events, "events"))
	if !gosyncio_trace.IsEnabled() {
		return func() {}
	}
	gosyncio_traced = 1 < 2
	line := ""
	if n, _ := gosyncio_fmt.Fscanln(gosyncio_os.NewFile(control, "control"), &line); n != 1 {
		gosyncio_os.Exit(1) // who followed it is gone
	}
LEAKS	gosyncio_trace.Log(gosyncio_context.Background(), "CATEGORY", "START")
	return gosyncio_end
}

// gosyncio_end hands out what has been traced, once.
func gosyncio_end() {
	if gosyncio_traced {
		gosyncio_once.Do(func() {
			gosyncio_trace.Log(gosyncio_context.Background(), "CATEGORY", "END")
			gosyncio_trace.Stop()
		})
	}
}
`

// endingsText is what stands for os.Exit and log.Fatal in the package, unless
// it has types of its own that these need, see endingTypes.
const endingsText = `
func gosyncio_exit(code int) {
	gosyncio_end()
	gosyncio_os.Exit(code)
}

func gosyncio_fatal(v ...interface{}) {
	gosyncio_log.Output(2, gosyncio_fmt.Sprint(v...))
	gosyncio_exit(1)
}

func gosyncio_fatalf(format string, v ...interface{}) {
	gosyncio_log.Output(2, gosyncio_fmt.Sprintf(format, v...))
	gosyncio_exit(1)
}

func gosyncio_fatalln(v ...interface{}) {
	gosyncio_log.Output(2, gosyncio_fmt.Sprintln(v...))
	gosyncio_exit(1)
}

// They are used if the package ends itself.
var _, _, _, _ = gosyncio_exit, gosyncio_fatal, gosyncio_fatalf, gosyncio_fatalln
`

// endingTypes are the predeclared names that endingsText uses.
var endingTypes = []string{"int", "string"}

// mainText is the main of a program, testText that of its tests, which may have
// one of their own.
const (
	mainText = `
func main() {
	defer gosyncio_begin()()
	gosyncio_main()
}
`
	testText = `
func TestMain(m *gosyncio_testing.M) {
	end := gosyncio_begin()
	RUN
	end()
EXIT}
`
)

// leaksText has the runtime look for leaks now and then, and writes what it
// finds into a file.
const leaksText = `	if file := gosyncio_os.Getenv("LEAKS_VARIABLE"); file != "" {
		gosyncio_os.Unsetenv("LEAKS_VARIABLE")
		go gosyncio_leaks(func() (*gosyncio_os.File, func()) {
			to, _ := gosyncio_os.Create(file + ".new")
			return to, func() { gosyncio_os.Rename(file+".new", file) }
		})
	}
`

const leaksFunction = `
func gosyncio_leaks(create func() (*gosyncio_os.File, func())) {
	profile := gosyncio_pprof.Lookup("goroutineleak")
	for there := gosyncio_fmt.Sprint(profile) != "<nil>"; there; {
		gosyncio_time.Sleep(2 * gosyncio_time.Second)
		if to, finish := create(); gosyncio_fmt.Sprint(to) != "<nil>" {
			profile.WriteTo(to, 1)
			to.Close()
			finish()
		}
	}
}
`

// start is the file that is added to a package.
func start(pkg string, o Options, hasTestMain, endings bool) string {
	closing := "gosyncio_syscall.CloseOnExec(gosyncio_syscall.Handle(events))\n\tgosyncio_syscall.CloseOnExec(gosyncio_syscall.Handle(control))"
	if runtime.GOOS != "windows" {
		closing = "low, high := 0, 0\n\tgosyncio_fmt.Sscanf(pipes, \"%d,%d\", &low, &high)\n\tgosyncio_syscall.CloseOnExec(low)\n\tgosyncio_syscall.CloseOnExec(high)"
	}
	text, imports, leaks := startText, "", ""
	if endings {
		imports += "\tgosyncio_log \"log\"\n"
		text += endingsText
	}
	if o.Test {
		imports += "\tgosyncio_testing \"testing\"\n"
		run, exit := "code := m.Run()", "\tgosyncio_os.Exit(code)\n"
		if hasTestMain {
			run, exit = testName+"(m)", ""
		}
		text += strings.NewReplacer("RUN", run, "EXIT", exit).Replace(testText)
	} else {
		text += mainText
	}
	if o.Leaks {
		imports += "\tgosyncio_pprof \"runtime/pprof\"\n\tgosyncio_time \"time\"\n"
		leaks, text = strings.ReplaceAll(leaksText, "LEAKS_VARIABLE", LeaksVariable), text+leaksFunction
	}
	return strings.NewReplacer(
		"PACKAGE", pkg, "IMPORTS", imports, "CLOSE", closing, "LEAKS", leaks,
		"PIPES_VARIABLE", PipesVariable, "SETTINGS_VARIABLE", SettingsVariable,
		"CATEGORY", child.MarkCategory, "START", child.MarkStart, "END", child.MarkEnd,
	).Replace(text)
}
