package typeset

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a function uses can be left out: what was shown with others before,
// and helpers with what they alone use.
func TestWhatIsOmitted(t *testing.T) {
	t.Parallel()
	const golang = `package p

type result int

type detail int

func helper(r result) detail { return detail(r) }

func one() result { helper(1); return 1 }

func F() { one() }

func G() { one(); helper(2) }
`
	const python = `def helper():
    return DETAIL

DETAIL = 1

def one():
    return helper()

def f():
    one()

def g():
    one(); helper()
`
	for name, tt := range map[string]struct {
		fn             string
		omit           Omit
		golang, python string
	}{
		"nothing": {"F", Omit{},
			"type result int\n\ntype detail int\n\nfunc helper(r result) detail { return detail(r) }\n\nfunc one() result { helper(1); return 1 }\n\nfunc F() { one() }",
			"def helper():\n    return DETAIL\n\nDETAIL = 1\n\ndef one():\n    return helper()\n\ndef f():\n    one()"},
		"a helper": {"F", Omit{Folded: []string{"helper", "nosuch"}},
			"type result int\n\nfunc one() result { helper(1); return 1 }\n\nfunc F() { one() }",
			"def one():\n    return helper()\n\ndef f():\n    one()"},
		"what was shown before": {"G", Omit{Before: []string{"F", "f", "none"}},
			"func G() { one(); helper(2) }", "def g():\n    one(); helper()"},
		"all but itself": {"F", Omit{Before: []string{"F", "f"}, Folded: []string{"F", "f"}},
			"func F() { one() }", "def f():\n    one()"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Go([]byte(golang), tt.fn, tt.omit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.golang, got); diff != "" {
				t.Errorf("Go (-want +got):\n%s", diff)
			}
			got, err = Python([]byte(python), map[string]string{"F": "f", "G": "g"}[tt.fn], tt.omit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.python, got); diff != "" {
				t.Errorf("Python (-want +got):\n%s", diff)
			}
		})
	}
}
