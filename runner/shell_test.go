package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"gosyncio/runner/player"
	"gosyncio/runner/progress"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
	"gosyncio/runner/walk"
)

// shell is what stands between a terminal and the program: it owns the
// terminal's session, starts the program in it (the one that asShell names),
// tells it when the terminal hangs up (unless asDeafShell is set), and lives
// on when it has ended, so that the terminal can be looked at. With asJobShell
// the program is a job, as it is in the shells that people use: when it stops
// the terminal is the shell's. What happens it reports to the third file. Each
// byte of the fourth brings a job that has stopped to the foreground; the end
// ends the shell, and the program if it is still there.
func shell() int {
	// Caught and not ignored: ignoring would be inherited.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	report, hold := os.NewFile(3, "report"), os.NewFile(4, "hold")

	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Env = append(os.Environ(), asProgram+"="+os.Getenv(asShell))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	jobs := os.Getenv(asJobShell) != ""
	if jobs {
		cmd.SysProcAttr = asJob()
	}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(report, "cannot start:", err)
		return 1
	}
	fmt.Fprintln(report, cmd.Process.Pid)
	if os.Getenv(asDeafShell) == "" {
		go func() { cmd.Process.Signal(<-hangup) }()
	}
	held := make(chan struct{})
	go func() {
		defer close(held)
		for b := make([]byte, 1); ; {
			if _, err := hold.Read(b); err != nil {
				break
			}
			foreground(cmd.Process.Pid)
		}
		cmd.Process.Kill()
	}()
	if jobs {
		reportStops(cmd.Process.Pid, report)
	}
	err := cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(report, "cannot wait:", err)
		return 1
	}
	fmt.Fprintln(report, cmd.ProcessState)
	<-held
	return 0
}

// asShell names the program that the shell starts. asDeafShell, set to
// anything, is a shell that does not pass on that the terminal hangs up, and
// asJobShell one that knows jobs.
const (
	asShell     = "GOSYNCIO_TEST_SHELL"
	asDeafShell = "GOSYNCIO_TEST_DEAF"
	asJobShell  = "GOSYNCIO_TEST_JOBS"
)

// stopped is what a shell reports each time that its job has stopped.
const stopped = "stopped"

// panicsInMain is a program that panics in its main goroutine, after the
// terminal has been changed.
func panicsInMain() int {
	streams := terminal.System()
	return guard(context.Background(), streams, func(context.Context) error {
		term.MakeRaw(streams.In.Fd())
		fmt.Fprint(streams.Out, "\x1b[?25l\x1b[1;31m")
		panic("as the test wants it")
	})
}

// neverEnds is a program that waits for ever, whatever it is told, when it has
// taken the terminal.
func neverEnds() int {
	streams := terminal.System()
	return guard(context.Background(), streams, func(context.Context) error {
		term.MakeRaw(streams.In.Fd())
		fmt.Fprint(streams.Out, "\x1b[?1049h\x1b[>1u\x1b[?2004h\x1b[?25l\x1b[1;31mit never ends")
		select {}
	})
}

// panicsInUpdate is a walk through tasks that panics when ! is pressed.
func panicsInUpdate() int {
	streams := terminal.System()
	return guard(context.Background(), streams, func(ctx context.Context) error {
		tour := walk.NewTour(armed{screen.New(streams, true)}, player.New(streams.Environ), new(progress.Journal))
		return tour.Present(ctx, "tasks")
	})
}

// armed is a screen that puts a bomb into each program.
type armed struct{ *screen.Screen }

func (a armed) Run(ctx context.Context, m screen.Speaker, keys bool) error {
	return a.Screen.Run(ctx, bomb{m}, keys)
}

// bomb is a model that panics when ! is pressed.
type bomb struct{ screen.Speaker }

func (b bomb) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "!" {
		panic("as the test wants it")
	}
	_, cmd := b.Speaker.Update(msg)
	return b, cmd
}
