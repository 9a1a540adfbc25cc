package fault

import (
	"errors"
	"io/fs"
	"testing"
)

func TestAnUnknownNameIsAnsweredWithTheNearest(t *testing.T) {
	t.Parallel()
	known := []string{"eventloop", "tasks", "gather"}
	for name, want := range map[string]string{
		"task": "tasks", "TASKS": "tasks", "gathr": "gather", "ev": "eventloop", "": "tasks",
	} {
		err, ok := errors.AsType[*Error](UnknownName("unknown lesson", "lessons", name, known))
		if !ok || !err.Usage {
			t.Fatalf("%q: %v is not a usage error", name, err)
		}
		if wanted := "did you mean " + want + "? the lessons are eventloop, tasks, gather"; err.Next != wanted {
			t.Errorf("%q: next = %q, want %q", name, err.Next, wanted)
		}
	}
}

func TestACauseIsFound(t *testing.T) {
	t.Parallel()
	var err error = &Error{What: "no such file", Next: "name another", Err: fs.ErrNotExist}
	if !errors.Is(err, fs.ErrNotExist) || err.Error() != "no such file" {
		t.Errorf("%v hides its cause", err)
	}
}
