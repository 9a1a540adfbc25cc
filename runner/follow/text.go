package follow

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// text is the line of a Go program's code at a place, such as "main.go:12"; "" if
// it is not to be had.
func (p *Program) text(place string) string {
	name, number, ok := strings.Cut(place, ":")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 || p.own == nil {
		return ""
	}
	for _, folder := range p.own.Folders {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() || info.Size() > mostText {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if lines := strings.Split(string(data), "\n"); n <= len(lines) {
			return lines[n-1]
		}
	}
	return ""
}

// mostText is larger than any file that people write, in bytes.
const mostText = 4 << 20
