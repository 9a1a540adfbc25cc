package progress

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/adrg/xdg"

	"gosyncio/runner/environ"
	"gosyncio/runner/fault"
)

// Variable names the environment variable that says where progress is
// kept: a file, if it ends in .json, else a folder for progress.json.
const Variable = "GOSYNCIO_STATE"

const fileName = "progress.json"

// Path is the file in which progress is kept, for a program with that
// environment: what Variable says, else gosyncio/progress.json in
// XDG_STATE_HOME or the platform's own place for such files. Nothing need
// be there yet. The error is a *fault.Error.
func Path(env environ.Environ) (string, error) {
	if place := env.Get(Variable); place != "" {
		if !strings.EqualFold(filepath.Ext(place), ".json") {
			place = filepath.Join(place, fileName)
		}
		path, err := filepath.Abs(place)
		return path, explain(place, err)
	}
	home := stateHome(env)
	if home == "" {
		return "", &fault.Error{
			What: "there is no home folder to keep progress in",
			Next: "name a folder in " + Variable,
			Err:  errors.New("no home"),
		}
	}
	return filepath.Join(home, "gosyncio", fileName), nil
}

// stateHome is the folder for programs' states; "" if there is none.
func stateHome(env environ.Environ) string {
	if home := env.Get("XDG_STATE_HOME"); filepath.IsAbs(home) {
		return home
	}
	// xdg knows only the environment of the process. One that differs from
	// it, such as a test's, has no home beside what it names itself; nor
	// has one without HOME, for which xdg says "/".
	for _, name := range []string{"XDG_STATE_HOME", "HOME", "USERPROFILE"} {
		if env.Get(name) != os.Getenv(name) {
			return ""
		}
	}
	if runtime.GOOS != "windows" && env.Get("HOME") == "" || !filepath.IsAbs(xdg.StateHome) {
		return ""
	}
	return xdg.StateHome
}
