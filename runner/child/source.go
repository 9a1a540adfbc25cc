package child

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.go
var source embed.FS

// Source is this package's own files, by their names, as a program needs them
// that is built without this module.
func Source() (map[string][]byte, error) {
	names, err := fs.Glob(source, "*.go")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if name == "source.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = source.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}
