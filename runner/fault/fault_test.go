package fault

import (
	"errors"
	"io/fs"
	"testing"
)

func TestAnUnknownNameIsAnsweredWithTheNearest(t *testing.T) {
	t.Parallel()
	known := []string{"eventloop", "tasks", "gather", "pools", "run", "a"}
	for name, want := range map[string]string{
		"task": "tasks", "TASKS": "tasks", "gathr": "gather", "ev": "eventloop", "rnu": "run", "evntlop": "eventloop",
		"ebventloops": "eventloop", "taskss": "tasks", "r": "run", "po": "pools",
		// nothing that was meant
		"nope": "", "": "", "x": "", "be": "", "abc": "", "tutorial": "", "concurrency": "", "event-driven": "",
	} {
		err, ok := errors.AsType[*Error](UnknownName("unknown lesson", "lessons", name, known))
		if !ok || !err.Usage {
			t.Fatalf("%q: %v is not a usage error", name, err)
		}
		wanted := "the lessons are eventloop, tasks, gather, pools, run, a"
		if want != "" {
			wanted = "did you mean " + want + "? " + wanted
		}
		if err.Next != wanted {
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
