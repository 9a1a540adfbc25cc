package class

import (
	"strings"

	"rsc.io/qr"
)

// quiet is the margin of a QR code, in modules.
const quiet = 4

// QR is the link as a QR code in half blocks, two rows of it in a line. What is
// light in it is drawn, with its margin, and what is dark is left to the
// background: shown in white on black it is as it should be. In dark letters on
// a light background it is reversed, which telephones read as well.
func (s *Server) QR() []string { return drawn(s.Link()) }

func drawn(text string) []string {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil // a name of a host that is far too long
	}
	light := func(x, y int) bool {
		inside := 0 <= y && y < code.Size // also for the row below the last
		return !inside || !code.Black(x, y)
	}
	var lines []string
	for y := -quiet; y < code.Size+quiet; y += 2 {
		var line strings.Builder
		for x := -quiet; x < code.Size+quiet; x++ {
			upper, lower := light(x, y), light(x, y+1) && y+1 < code.Size+quiet
			switch {
			case upper && lower:
				line.WriteRune('█')
			case upper:
				line.WriteRune('▀')
			case lower:
				line.WriteRune('▄')
			default:
				line.WriteByte(' ')
			}
		}
		lines = append(lines, line.String())
	}
	return lines
}
