package progress

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/adrg/xdg"
)

func TestPath(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, test := range []struct {
		environ []string
		want    string // "" is an error
	}{
		{[]string{"GOSYNCIO_STATE=" + folder}, filepath.Join(folder, "progress.json")},
		{[]string{"GOSYNCIO_STATE=" + filepath.Join(folder, "anna.json")}, filepath.Join(folder, "anna.json")},
		{[]string{"GOSYNCIO_STATE=state"}, filepath.Join(here, "state", "progress.json")},
		{[]string{"GOSYNCIO_STATE=", "XDG_STATE_HOME=" + folder}, filepath.Join(folder, "gosyncio", "progress.json")},
		{[]string{"GOSYNCIO_STATE=x", "GOSYNCIO_STATE=" + folder, "XDG_STATE_HOME=/y"}, filepath.Join(folder, "progress.json")},
		{[]string{"XDG_STATE_HOME=" + folder}, filepath.Join(folder, "gosyncio", "progress.json")},
		{[]string{"XDG_STATE_HOME=relative"}, ""},
		{nil, ""},
	} {
		t.Setenv("HOME", folder) // which the environments above do not have
		got, err := Path(test.environ)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q: %q, %v", test.environ, got, err)
		}
		if err != nil {
			wantError(t, err, "no home")
		}
	}
}

func TestPathOfTheProcess(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv(Variable, "")
	xdg.Reload()
	got, err := Path(os.Environ())
	if err != nil || got != filepath.Join(xdg.StateHome, "gosyncio", "progress.json") {
		t.Error(got, err)
	}
}
