package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"github.com/spf13/cobra"

	"gosyncio/runner/class"
	"gosyncio/runner/course"
	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
	"gosyncio/runner/progress"
	"gosyncio/runner/prompt"
	"gosyncio/runner/screen"
	"gosyncio/runner/terminal"
	"gosyncio/runner/walk"
)

func newClassCommand(out *output, tour func(screen.Any) *walk.Tour) *cobra.Command {
	var listen, keep string
	var lan bool
	cmd := &cobra.Command{
		Use:   "class [LESSON]",
		Short: "teach a class that votes, and watches, in its browsers",
		Long: `Show a lesson to a room, as present does, to people with a phone or a laptop.
They open the address on the slide and type the code there, or point a camera
at it. They vote on predictions and in the quiz. Nobody sees the votes before
you close the vote (v). Let them discuss it, and vote again (v). Then make the
run: everybody watches it live. j shows how to join, and l where those are who
learn in a terminal.

The address is for this machine alone unless you say --lan or --listen. Then
everybody in that network can reach it, and whoever has the code can join. What
goes to and fro is not encrypted.

q ends the class. Nothing of it is kept then, unless --keep names a file for
the votes and the board: JSON, which "gosyncio progress summary" reads, a page
(.html) or text (.txt). After Ctrl-C, or a crash, start it again: the address,
the code and the votes are still there.`,
		Example: `  gosyncio class tasks
  gosyncio class tasks --lan --keep monday.json
  gosyncio class --listen 192.168.1.20:8000
  gosyncio progress summary monday.json`,
		Args:              atMostOneLesson,
		ValidArgsFunction: completeLesson(nil),
		RunE: func(cmd *cobra.Command, args []string) error {
			o := class.Options{Listen: listen, File: classFile(out.Environ)}
			switch {
			case lan && listen != "":
				return fault.Usage("--lan and --listen exclude each other", "choose one of them")
			case cmd.Flags().Changed("listen"):
				if err := checkListen(listen); err != nil {
					return err
				}
			case lan:
				o.Listen = class.LAN
			}
			if cmd.Flags().Changed("keep") {
				if err := checkKeep(keep); err != nil {
					return err
				}
			}
			if !out.Interactive() {
				return fault.Usage("there is no terminal to present in", "start gosyncio class in a terminal")
			}
			id := ""
			o.Title = "Go concurrency"
			if len(args) > 0 {
				lesson, err := course.Load(args[0])
				if err != nil {
					return err
				}
				id, o.Title = args[0], lesson.Text.Title
			}
			err := teach(cmd.Context(), out, tour(screen.New(out.Streams, out.Colours())), o, id, keep)
			if o.File != "" && (errors.Is(err, prompt.ErrInterrupted) || cmd.Context().Err() != nil) {
				fmt.Fprintln(out.Err, goesOn(keep)) // all that is left to say, and it may be that nobody sees it
			}
			return err
		},
	}
	cmd.AddCommand(newJoinCommand(out, tour))
	cmd.Flags().StringVar(&listen, "listen", "", "be reached at this `ADDRESS`, such as 192.168.1.20:8000")
	cmd.Flags().BoolVar(&lan, "lan", false, "be reached from the local network")
	cmd.Flags().StringVar(&keep, "keep", "", "write votes and board to `FILE` at the end: .json, .html or .txt")
	return cmd
}

// teach opens a class and shows it a lesson, or if id is "" those that are
// chosen. In the end it writes down what is to be kept.
func teach(ctx context.Context, out *output, t *walk.Tour, o class.Options, id, keep string) error {
	server, err := class.Start(ctx, o)
	if err != nil {
		return err
	}
	err = t.Class(ctx, id, server)
	if err == nil && keep != "" {
		if err = keepClass(keep, server.Summary()); err == nil {
			tellTerminal(out, "written to %s: the votes and the board", terminal.Printable(keep))
		}
	}
	if err != nil || ctx.Err() != nil { // another start goes on with it
		return errors.Join(err, server.Leave())
	}
	return server.Close()
}

// goesOn says what becomes of a class that was interrupted.
func goesOn(keep string) string {
	said := "the class has not ended: gosyncio class goes on with it"
	if keep != "" {
		said += "; ended there with q, it is written to " + terminal.Printable(keep)
	}
	return said
}

// classFile is where a class is kept until it ends: beside the progress; "" if
// that has no place.
func classFile(env environ.Environ) string {
	path, err := progress.Path(env)
	if err != nil {
		return ""
	}
	return filepath.Join(filepath.Dir(path), "class.json")
}

// checkListen refuses what is no address to listen at.
func checkListen(address string) error {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return fault.Usage(fmt.Sprintf("--listen %q is no address", address), "name a host and a port, such as 192.168.1.20:8000")
	}
	return nil
}

// atMostOneLesson refuses anything but the name of a lesson, or nothing.
func atMostOneLesson(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if _, err := course.Find(args[0]); err != nil {
		return err
	}
	return oneLesson(cmd, args)
}
