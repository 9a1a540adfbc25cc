package follow

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"gosyncio/runner/findings"
)

// profile is the runtime's profile of leaks, as the program has last written it;
// "" if it has not.
func (p *Program) profile() string {
	if p.leaks == "" {
		return ""
	}
	text, err := os.ReadFile(p.leaks)
	if err != nil {
		return ""
	}
	return string(text)
}

// What such a profile is made of: how many goroutines, and where they are.
var (
	profileCount = regexp.MustCompile(`^(\d+) @`)
	profileFrame = regexp.MustCompile(`^#\t0x[0-9a-f]+\t(.+)\+0x[0-9a-f]+\t(.+):(\d+)$`)
)

// leaked are the leaks of a profile, by the innermost place in the program's own
// code.
func (p *Program) leaked(profile string) (found []findings.Finding) {
	count := ""
	for line := range strings.Lines(profile) {
		line = strings.TrimRight(line, "\r\n")
		if m := profileCount.FindStringSubmatch(line); m != nil {
			count = m[1]
			continue
		}
		m := profileFrame.FindStringSubmatch(line)
		if m == nil || count == "" || p.own == nil {
			continue
		}
		number, err := strconv.Atoi(m[3])
		if err != nil {
			continue
		}
		name, place, own := p.own.Shown(m[1], m[2], number)
		if !own {
			continue
		}
		who := count + " goroutines wait"
		if count == "1" {
			who = "a goroutine waits"
		}
		found = append(found, findings.Finding{
			Kind: "leak", Line: place,
			Message: fmt.Sprintf("%s for ever at %s, says the Go runtime: %s", who, place, name),
			Why:     "What would let them go on cannot be reached by any goroutine that can run: nobody is left who could send, receive, close or unlock. The runtime found that when it collected garbage.",
		})
		count = "" // the frames behind it called it
	}
	return found
}
