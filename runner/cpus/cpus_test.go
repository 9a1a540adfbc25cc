package cpus

import (
	"testing"
	"testing/fstest"
)

func TestQuota(t *testing.T) {
	t.Parallel()
	const (
		mountV1      = "30 24 0:26 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
		mountCPUSet  = "31 24 0:27 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
		mountV2      = "29 23 0:25 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
		mountUnified = "32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
		v1           = "sys/fs/cgroup/cpu,cpuacct"
		v2           = "sys/fs/cgroup"
	)
	for name, tt := range map[string]struct {
		cgroup, mounts string
		files          map[string]string
		want           float64 // 0 is none
	}{
		"no control groups":   {},
		"v2":                  {"0::/\n", mountV2, map[string]string{v2 + "/cpu.max": "100000 100000\n"}, 1},
		"v2, a part of a CPU": {"0::/\n", mountV2, map[string]string{v2 + "/cpu.max": "50000 100000\n"}, 0.5},
		"v2, no quota":        {"0::/\n", mountV2, map[string]string{v2 + "/cpu.max": "max 100000\n"}, 0},
		"v2, broken":          {"0::/\n", mountV2, map[string]string{v2 + "/cpu.max": "many\n"}, 0},
		"v2, no file":         {"0::/user.slice\n", mountV2, nil, 0},
		"v2, in a folder": {"0::/a/b\n", mountV2, map[string]string{
			v2 + "/a/b/cpu.max": "150000 100000\n", v2 + "/a/cpu.max": "max 100000\n"}, 1.5},
		"v2, the group above has less": {"0::/a/b\n", mountV2, map[string]string{
			v2 + "/a/b/cpu.max": "400000 100000\n", v2 + "/a/cpu.max": "200000 100000\n"}, 2},
		"v2, another's group": {"0::/a\n", mountV2, map[string]string{v2 + "/b/cpu.max": "100000 100000\n"}, 0},
		"v2, only a part is mounted": {"0::/docker/abc/x\n", "29 23 0:25 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
			map[string]string{v2 + "/x/cpu.max": "300000 100000\n"}, 3},
		"v2, a name that only begins alike": {"0::/docker/abcd\n", "29 23 0:25 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
			map[string]string{v2 + "/cpu.max": "300000 100000\n"}, 3},
		"v2, outside of the namespace": {"0::/../../x\n", mountV2, map[string]string{v2 + "/cpu.max": "100000 100000\n"}, 1},
		"v2, a space in the path": {"0::/\n", "29 23 0:25 / /my\\040groups rw - cgroup2 cgroup2 rw\n",
			map[string]string{"my groups/cpu.max": "100000 100000\n"}, 1},
		"v1": {"4:cpu,cpuacct:/docker/abc\n3:cpuset:/\n", mountCPUSet + mountV1, map[string]string{
			v1 + "/docker/abc/cpu.cfs_quota_us": "200000\n", v1 + "/docker/abc/cpu.cfs_period_us": "100000\n",
			v1 + "/cpu.cfs_quota_us": "-1\n", v1 + "/cpu.cfs_period_us": "100000\n"}, 2},
		"v1, no quota": {"4:cpu,cpuacct:/\n", mountV1, map[string]string{
			v1 + "/cpu.cfs_quota_us": "-1\n", v1 + "/cpu.cfs_period_us": "100000\n"}, 0},
		"v1, no period": {"4:cpu,cpuacct:/\n", mountV1, map[string]string{v1 + "/cpu.cfs_quota_us": "100000\n"}, 0},
		"v1, only a part is mounted": {"4:cpu:/docker/abc\n", "30 24 0:26 /docker/abc /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n",
			map[string]string{"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "100000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "50000\n"}, 2},
		"both, v1 has the CPUs": {"4:cpu,cpuacct:/\n0::/init.scope\n", mountV1 + mountUnified, map[string]string{
			v1 + "/cpu.cfs_quota_us": "100000\n", v1 + "/cpu.cfs_period_us": "100000\n"}, 1},
		"broken lines": {"4\n0:x\n\n", "29\n29 23 - \n", nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := fstest.MapFS{"proc/self/cgroup": {Data: []byte(tt.cgroup)}, "proc/self/mountinfo": {Data: []byte(tt.mounts)}}
			for name, text := range tt.files {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			if got, ok := quota(files); got != tt.want || ok != (tt.want > 0) {
				t.Errorf("quota %v, %v, want %v", got, ok, tt.want)
			}
		})
	}
	if _, ok := quota(fstest.MapFS{}); ok {
		t.Error("a quota where there are no files")
	}
}

func TestAQuotaIsAWholeNumberOfCPUs(t *testing.T) {
	t.Parallel()
	for quota, want := range map[float64]int{0.1: 1, 0.5: 1, 1: 1, 1.2: 1, 1.5: 2, 1.9: 2, 8: 8, 1e18: 1<<31 - 1} {
		if got := whole(quota); got != want {
			t.Errorf("a quota of %v: %d CPUs, want %d", quota, got, want)
		}
	}
}

func TestThereIsAtLeastOneCPU(t *testing.T) {
	t.Parallel()
	if n := Available(); n < 1 {
		t.Errorf("%d CPUs", n)
	}
}
