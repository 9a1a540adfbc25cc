package player

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestPythonIsLookedForOnce(t *testing.T) {
	t.Parallel()
	asked := filepath.Join(t.TempDir(), "asked")
	path := script(t, "echo asked >>"+asked+"; echo gosyncio asks Python; echo 3.99.1; echo /usr/bin/nosuch")
	p := New(append(os.Environ(), PythonVariable+"="+path))
	if _, err := os.Stat(asked); err == nil {
		t.Error("it was looked for before anybody asked")
	}
	var asking sync.WaitGroup
	for range 10 {
		asking.Go(func() {
			if got, err := p.Python(t.Context()); err != nil || got != (Interpreter{path, "/usr/bin/nosuch", "3.99.1"}) {
				t.Errorf("Python = %v, %v", got, err)
			}
		})
	}
	asking.Wait()
	if got, err := os.ReadFile(asked); err != nil || string(got) != "asked\n" {
		t.Errorf("asked %q, %v; want once", got, err)
	}
}
