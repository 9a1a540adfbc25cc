package exercise

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A goroutine is one of those that the runtime prints.
type goroutine struct {
	state   string  // "chan send", "running", ...
	bubble  bool    // it lives in virtual time
	durable bool    // and waits for what does, so that time can go on
	frames  []frame // the innermost first
	creator frame   // of which go statement it comes; the zero frame if of none
}

// A frame is a function and where it is.
type frame struct {
	function string
	file     string // with slashes
	line     int
}

// learners reports whether the frame is in the learner's file.
func (f frame) learners(fileName string) bool {
	return path.Base(f.file) == fileName && path.Base(path.Dir(f.file)) == "given"
}

// at is where the goroutine is in the learner's file: the innermost frame
// there, and whether there is one.
func (g goroutine) at(fileName string) (frame, bool) {
	i := slices.IndexFunc(g.frames, func(f frame) bool { return f.learners(fileName) })
	if i < 0 {
		return frame{}, false
	}
	return g.frames[i], true
}

// in reports whether the goroutine is in a function whose name contains that.
func (g goroutine) in(name string) bool {
	return slices.ContainsFunc(g.frames, func(f frame) bool { return strings.Contains(f.function, name) })
}

// goroutineHead is the first line of one: its number, and its state with what
// is said of it.
var (
	goroutineHead = regexp.MustCompile(`^goroutine \d+ .*?\[(.*)\]:$`)
	frameAt       = regexp.MustCompile(`^\t(.*):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=.*)?$`)
)

// parseStacks reads what runtime.Stack, or a panic, prints of goroutines.
func parseStacks(text string) []goroutine {
	var all []goroutine
	function := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if head := goroutineHead.FindStringSubmatch(line); head != nil {
			state, rest, _ := strings.Cut(head[1], ", ")
			state, durable := strings.CutSuffix(state, " (durable)")
			all = append(all, goroutine{state: state, durable: durable, bubble: strings.Contains(rest, "bubble")})
			continue
		}
		at := frameAt.FindStringSubmatch(line)
		if at == nil || len(all) == 0 {
			function = line
			continue
		}
		number, _ := strconv.Atoi(at[2])
		f := frame{file: strings.ReplaceAll(at[1], `\`, "/"), line: number}
		g := &all[len(all)-1]
		if created, ok := strings.CutPrefix(function, "created by "); ok {
			f.function, _, _ = strings.Cut(created, " in goroutine ")
			g.creator = f
			continue
		}
		f.function = function
		if i := strings.LastIndex(function, "("); i > 0 {
			f.function = function[:i]
		}
		g.frames = append(g.frames, f)
	}
	return all
}

// waitsIn reports whether the learner's code waits in a function whose name
// contains that. One that goes on to call the learner's is none.
func (g goroutine) waitsIn(name string) bool {
	for _, f := range g.frames {
		if path.Base(path.Dir(f.file)) == "given" {
			return false
		}
		if strings.Contains(f.function, name) {
			return true
		}
	}
	return false
}

// runtimeState is the state as the runtime calls it where sync is the real
// one: who waits for a lock of ours waits on a channel.
func (g goroutine) runtimeState() string {
	switch {
	case g.waitsIn("verify/sync.(*Mutex)"): // and in an RWMutex, which it is made of
		return "sync.Mutex.Lock"
	case g.waitsIn("verify/sync.(*RWMutex).RLock"):
		return "sync.RWMutex.RLock"
	case g.waitsIn("verify/sync.(*RWMutex)"):
		return "sync.RWMutex.Lock"
	case g.waitsIn("verify/sync.(*WaitGroup).Wait"):
		return "sync.WaitGroup.Wait"
	}
	return g.state
}

// waitsFor says in words what a goroutine waits for.
func (g goroutine) waitsFor() string {
	switch {
	case g.waitsIn("verify/sync.(*Once)"):
		return "for a Once"
	case g.waitsIn("net.(*pipe)."):
		return "for the other end of a connection"
	}
	switch state := g.runtimeState(); state {
	case "chan send":
		return "to send on a channel"
	case "chan receive":
		return "to receive from a channel"
	case "chan send (nil chan)":
		return "to send on a channel that is nil"
	case "chan receive (nil chan)":
		return "to receive from a channel that is nil"
	case "select":
		return "in a select"
	case "select (no cases)":
		return "in a select without cases"
	case "sync.WaitGroup.Wait":
		return "for a WaitGroup"
	case "sync.Cond.Wait":
		return "for a Cond"
	case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock":
		return "for a lock"
	case "sleep":
		return "in a sleep"
	case "coroutine":
		return "for an iterator that nobody has stopped"
	case "IO wait":
		return "for a connection or a file"
	default:
		return "(" + state + ")"
	}
}
