package cpus

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A group is where a control group that may have a quota is to be found, in
// the folder of a hierarchy that is mounted at top.
type group struct {
	top, dir string
	read     func(fsys fs.FS, dir string) (cpus float64, ok bool)
}

// quota is how many CPUs' time the control groups of this process give it,
// by the files of a Linux system whose root is fsys. That of a group counts
// for all below it. ok is false if there is no quota, or no such files.
func quota(fsys fs.FS) (cpus float64, ok bool) {
	for _, g := range groups(fsys) {
		for dir := g.dir; ; dir = path.Dir(dir) {
			if limit, limited := g.read(fsys, dir); limited && (!ok || limit < cpus) {
				cpus, ok = limit, true
			}
			if dir == g.top || dir == "." {
				break
			}
		}
	}
	return cpus, ok
}

// groups are those of this process, in version 1 of the control groups, in
// version 2, or in both, of which one has the CPUs.
func groups(fsys fs.FS) (found []group) {
	mine, err := fs.ReadFile(fsys, "proc/self/cgroup")
	if err != nil {
		return nil
	}
	mounts, err := fs.ReadFile(fsys, "proc/self/mountinfo")
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(mine)) {
		// hierarchy:controllers:path; version 2 names no controllers.
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) < 3 {
			continue
		}
		g, unified := group{read: readV1}, parts[1] == ""
		if unified {
			g.read = readV2
		} else if !slices.Contains(strings.Split(parts[1], ","), "cpu") {
			continue
		}
		for mount := range strings.Lines(string(mounts)) {
			if top, dir, ok := mounted(mount, parts[2], unified); ok {
				g.top, g.dir = top, dir
				found = append(found, g)
				break
			}
		}
	}
	return found
}

// mounted is where a line of mountinfo says that a control group's folder is,
// and the top of its hierarchy. ok is false if it says that of others.
func mounted(line, group string, unified bool) (top, dir string, ok bool) {
	// 24 30 0:21 root mountpoint options... - type source options
	before, after, _ := strings.Cut(line, " - ")
	where, what := strings.Fields(before), strings.Fields(after)
	if len(where) < 5 || len(what) < 3 {
		return "", "", false
	}
	switch {
	case unified && what[0] == "cgroup2":
	case !unified && what[0] == "cgroup" && slices.Contains(strings.Split(what[2], ","), "cpu"):
	default:
		return "", "", false
	}
	spaces := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`)
	root := spaces.Replace(where[3])
	top = strings.TrimPrefix(path.Clean(spaces.Replace(where[4])), "/")
	if root != "/" {
		below, isBelow := strings.CutPrefix(group, root)
		if !isBelow || below != "" && below[0] != '/' {
			below = "" // it is outside of what can be seen
		}
		group = below
	}
	return top, path.Join(top, path.Join("/", group)), true
}

// readV2 reads a quota of version 2: "max 100000", or "150000 100000".
func readV2(fsys fs.FS, dir string) (cpus float64, ok bool) {
	text, err := fs.ReadFile(fsys, path.Join(dir, "cpu.max"))
	if err != nil {
		return 0, false
	}
	var quota string
	var period float64
	if _, err := fmt.Sscan(string(text), &quota, &period); err != nil {
		return 0, false
	}
	return ratio(quota, period)
}

// readV1 reads a quota of version 1: -1 is none.
func readV1(fsys fs.FS, dir string) (cpus float64, ok bool) {
	quota, err := fs.ReadFile(fsys, path.Join(dir, "cpu.cfs_quota_us"))
	if err != nil {
		return 0, false
	}
	text, err := fs.ReadFile(fsys, path.Join(dir, "cpu.cfs_period_us"))
	if err != nil {
		return 0, false
	}
	period, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil {
		return 0, false
	}
	return ratio(strings.TrimSpace(string(quota)), period)
}

// ratio is a quota in CPUs. What is not a number above 0 is none.
func ratio(quota string, period float64) (cpus float64, ok bool) {
	time, err := strconv.ParseInt(quota, 10, 64)
	if err != nil || time <= 0 || period <= 0 {
		return 0, false
	}
	return float64(time) / period, true
}
