package player

import (
	"slices"
	"strings"

	"gosyncio/runner/environ"
)

// printing are the settings of GODEBUG that have the runtime, or net/http,
// write to stderr: lines in the middle of a page, or of what a lesson prints.
func printing() []string {
	return []string{"gctrace", "gcpacertrace", "inittrace", "scavtrace", "schedtrace", "scheddetail", "http2debug"}
}

// withoutPrinting is env with a GODEBUG that prints nothing, and reports
// whether that is another one.
func withoutPrinting(env environ.Environ) (quiet environ.Environ, changed bool) {
	for _, entry := range env {
		settings, ok := strings.CutPrefix(entry, "GODEBUG=")
		if !ok {
			quiet = append(quiet, entry)
			continue
		}
		kept := slices.DeleteFunc(strings.Split(settings, ","), func(setting string) bool {
			name, _, _ := strings.Cut(setting, "=")
			return slices.Contains(printing(), name)
		})
		if settings := "GODEBUG=" + strings.Join(kept, ","); settings != entry {
			entry, changed = settings, true
		}
		quiet = append(quiet, entry)
	}
	return quiet, changed
}
