package exercise

import (
	"os"
	"testing"

	"gosyncio/runner/environ"
)

// BenchmarkVerdict is how long a save takes to its verdict, with what builds
// need built before: the first that is wrong in virtual time (400 ms), and
// solved, orders and race detector and all (600 ms).
func BenchmarkVerdict(b *testing.B) {
	e, err := Find("order")
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name string
		text []byte
		want Kind
	}{{"slow", e.Given(), Slow}, {"solved", e.Solution(), Solved}} {
		b.Run(bb.name, func(b *testing.B) {
			checker := NewChecker(environ.Environ(os.Environ()))
			for n := 0; b.Loop(); n++ {
				text := append(bb.text, []byte("\n// "+string(rune('a'+n%26))+"\n")...) // another text each time, as after a save
				if v, err := checker.Check(b.Context(), e, text); err != nil || v.Kind != bb.want {
					b.Fatalf("%+v, %v", v, err)
				}
			}
		})
	}
}
