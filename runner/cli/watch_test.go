package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gosyncio/runner/player"
	"gosyncio/runner/terminal"
)

// What is ours, what is a target, and what the programs get, to the letter.
func TestArgumentsAreDivided(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for _, name := range []string{"ours", "args.go", "ours.py"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for args, want := range map[string]string{
		"args.go":                            "[] [args.go] []",
		"args.go serve -addr :80":            "[] [args.go] [serve -addr :80]",
		"args.go serve -- -addr :80":         "[] [args.go] [serve -- -addr :80]",
		"args.go -- serve -addr :80":         "[] [args.go] [serve -addr :80]",
		"args.go -- -- x":                    "[] [args.go] [-- x]",
		"args.go -addr :80 --plain":          "[] [args.go] [-addr :80 --plain]",
		"args.go a --plain --help":           "[] [args.go] [a --plain --help]",
		"args.go --plain a --json":           "[--plain] [args.go] [a --json]",
		"--record x.json args.go --tags=a b": "[--record x.json --tags=a] [args.go] [b]",
		"ours.py ./ours a -x":                "[] [ours.py ./ours] [a -x]",
		"ours.py --plain ours -- -x":         "[--plain] [ours.py ours] [-x]",
		"ours.py nosuch -x":                  "[] [ours.py] [nosuch -x]",
		"ours.py other.py":                   "[] [ours.py] [other.py]",
		"args.go -test.run X":                "[] [args.go] [-test.run X]",
		"-- args.go --plain":                 "[] [args.go] [--plain]",
		"-- -x.go ours.py -- --plain":        "[] [-x.go ours.py] [--plain]",
		"--plain":                            "[--plain] [] []",
		"--nosuch args.go":                   "[--nosuch] [] []",
		"args.go -h":                         "[-h] [args.go] []",
		"args.go sub -h":                     "[] [args.go] [sub -h]",
		"args.go - x":                        "[] [args.go] [- x]",
	} {
		var w watching
		flags := newWatchCommand(&output{Streams: terminal.Streams{}}, player.New(nil)).Flags()
		own := w.divide(flags, strings.Fields(args))
		if got := fmt.Sprint(own, w.targets, w.args); got != want {
			t.Errorf("watch %s: %s, want %s", args, got, want)
		}
	}
}
