package course_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Lesson eventloop says how Python and JavaScript differ: in JavaScript an
// async function begins when it is called, and every await yields.
func TestAwaitInPythonAndInJavaScript(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		language    string
		interpreter func(testing.TB) string
		script      string
		want        string
	}{
		{"Python", func(t testing.TB) string { return needPython(t).Executable }, "await.py",
			"called, a begins, a ends, b begins, b ends"},
		{"JavaScript", node, "await.js",
			"a begins, b begins, called, a ends, b ends"},
	} {
		t.Run(tt.language, func(t *testing.T) {
			t.Parallel()
			out, err := exec.CommandContext(t.Context(), tt.interpreter(t), "testdata/"+tt.script).Output()
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(strings.Split(strings.TrimSpace(string(out)), "\n"), ", ")
			if diff := cmp.Diff(tt.want, strings.ReplaceAll(got, "\r", "")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// node is Node.js. Nothing else needs it, so it may be missing, in CI too.
func node(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip(err)
	}
	return path
}
