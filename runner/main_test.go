package runner

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	"gosyncio/runner/janitor"
	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

// asProgram, set in the environment, makes the test binary the program
// itself, for tests that start it in a terminal. It names one of programs.
const asProgram = "GOSYNCIO_TEST_PROGRAM"

// programs are what the test binary can be: the program, and variations of
// it that go wrong.
var programs = map[string]func() int{
	"gosyncio": func() int {
		return Main(context.Background(), os.Args[1:], terminal.System())
	},
	"shell":            shell,
	"never ends":       neverEnds,
	"panics in main":   panicsInMain,
	"panics in Update": panicsInUpdate,
}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == player.ChildCommand {
		os.Exit(player.Child(os.Args[2:]))
	}
	if len(os.Args) > 1 && os.Args[1] == janitor.Command {
		os.Exit(janitor.Run(os.Stdin))
	}
	if name := os.Getenv(asProgram); name != "" {
		os.Exit(programs[name]())
	}
	// Who starts the tests in the background of a shell script has them ignore
	// Ctrl-C. The programs that they start would inherit that, but not that
	// somebody waits for it.
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGQUIT} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
	testscript.Main(leakTester{m}, map[string]func(){
		"gosyncio": func() { os.Exit(programs["gosyncio"]()) },
	})
}

// leakTester runs the tests and fails if goroutines are left.
type leakTester struct{ m *testing.M }

func (l leakTester) Run() int {
	// Most of what these tests do is wait, for runs and for windows.
	if n := 4 * runtime.NumCPU(); n > runtime.GOMAXPROCS(0) {
		flag.Set("test.parallel", strconv.Itoa(n))
	}
	code := l.m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// foundPython is the interpreter of this machine. It takes a while to tell
// its version, so it is asked once.
var foundPython = sync.OnceValues(func() (player.Interpreter, error) {
	return player.FindPython(context.Background(), os.Environ())
})

// needPython skips a test where there is no Python; in CI that is an error.
// What it returns, in the environment, names the interpreter.
func needPython(t testing.TB) string {
	t.Helper()
	python, err := foundPython()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return player.PythonVariable + "=" + python.Executable
}
