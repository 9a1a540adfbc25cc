package exercise

import (
	"os"
	"path/filepath"
	"slices"
)

// goMod is the module of a check. It needs testing/synctest and
// sync.WaitGroup.Go.
const goMod = "module gosyncio\n\ngo 1.25\n"

// mainTest is the test of a check's package, which runs its checks.
const mainTest = `package check

import (
	"testing"

	"gosyncio/lessons/verify"
)

func TestMain(m *testing.M) { verify.Main(m) }

func TestChecks(t *testing.T) { verify.Run(t, Checks) }
`

// writeModule writes a module into an empty folder: the check of an exercise,
// and the source of the learner's file.
func writeModule(folder string, e Exercise, source []byte) error {
	files, err := e.CheckFiles()
	if err != nil {
		return err
	}
	files["go.mod"] = []byte(goMod)
	files[e.GivenPath()] = source
	files[e.CheckPackage()+"/check_test.go"] = []byte(mainTest)
	return writeFiles(folder, files)
}

// writeFiles writes files by their paths in a folder.
func writeFiles(folder string, files map[string][]byte) error {
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// ourSyncPath is how that package is imported.
const ourSyncPath = `"gosyncio/lessons/verify/sync"`

// inVirtualTime is source with a package sync that can be used in virtual
// time. Each line stays on its line.
func inVirtualTime(source []byte, imports []importSpec) []byte {
	for _, spec := range slices.Backward(imports) { // what stands before it stays where it is
		if spec.path == "sync" {
			source = slices.Concat(source[:spec.begin], []byte(ourSyncPath), source[spec.end:])
		}
	}
	return source
}
