package player

import (
	"testing"
	"time"

	"gosyncio/lessons"
	"gosyncio/runner/timeline"
)

func TestBusy(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	// A run of cpubound with n jobs where there are two CPUs.
	run := func(variant string, language Language, n string, elapsed, cpu time.Duration, lanes ...timeline.Lane) Recording {
		lesson, values := find(t, "cpubound", "n="+n)
		v, err := lesson.Variant(variant)
		if err != nil {
			t.Fatal(err)
		}
		values.CPUs = 2
		status := Status{Phase: Ended, Elapsed: elapsed, CPU: cpu}
		if language == Go {
			status.Procs = max(v.Procs, 1)
			if v.Procs == 0 {
				status.Procs = 2
			}
		}
		return Recording{Job: Job{Part: Part{Variant: v, Language: language}, Lesson: lesson, Values: values}, Status: status, Lanes: lanes}
	}
	waits := func(language Language, elapsed, cpu time.Duration, lanes ...timeline.Lane) Recording {
		lesson, values := find(t, "tasks")
		v, err := lesson.Variant("concurrent")
		if err != nil {
			t.Fatal(err)
		}
		return Recording{Job: Job{Part: Part{Variant: v, Language: language}, Lesson: lesson, Values: values}, Status: Status{Phase: Ended, Elapsed: elapsed, CPU: cpu, Procs: 2}, Lanes: lanes}
	}
	ran := func(d time.Duration) timeline.Lane {
		return timeline.NewLane("A", timeline.NewSpan(timeline.Ready, 0, ms, "", ""), timeline.NewSpan(timeline.Running, ms, ms+d, "", ""))
	}
	failed := run("sequential", Go, "4", 2000*ms, 500*ms)
	failed.Status.Err = "stopped"
	unknown := run("sequential", Go, "4", 2000*ms, 0)
	for _, tt := range []struct {
		name string
		run  Recording
		want bool
	}{
		{"one after the other", run("sequential", Go, "4", 540*ms, 530*ms), false},
		{"at half the speed", run("sequential", Go, "4", 1080*ms, 530*ms), true},
		{"in Python", run("sequential", Python, "4", 1050*ms, 1000*ms), false},
		{"in Python, at half the speed", run("sequential", Python, "4", 2000*ms, 1000*ms), true},
		{"on one CPU by GOMAXPROCS", run("concurrent", Go, "4", 560*ms, 530*ms), false},
		{"on two CPUs", run("parallel", Go, "4", 280*ms, 540*ms), false},
		{"on two CPUs of which others have one", run("parallel", Go, "4", 540*ms, 540*ms), true},
		{"on two CPUs with a job over", run("parallel", Go, "3", 400*ms, 600*ms), false},
		{"one job on two CPUs", run("parallel", Go, "1", 140*ms, 135*ms), false},
		{"processes", run("parallel", Python, "4", 620*ms, 1050*ms), false},
		{"processes with a job over", run("parallel", Python, "3", 650*ms, 900*ms), false},
		{"processes of which others had half", run("parallel", Python, "4", 1050*ms, 1050*ms), true},
		{"threads share the GIL", run("threads", Python, "4", 1100*ms, 1050*ms), false},
		{"threads, at half the speed", run("threads", Python, "4", 2100*ms, 1050*ms), true},
		{"too short to tell", run("sequential", Go, "1", 90*ms, 2*ms), false},
		{"failed", failed, false},
		{"no CPU time is known", unknown, false},
		{"who waits needs no CPU", waits(Go, 3000*ms, 5*ms, ran(ms)), false},
		{"who waits, and computes", waits(Go, 3000*ms, 500*ms, ran(240*ms), ran(240*ms)), false},
		{"lanes ran without a CPU", waits(Go, 3000*ms, 500*ms, ran(900*ms), ran(900*ms)), true},
		{"who waits was late once", waits(Go, 3000*ms, 5*ms, ran(400*ms)), false},
		{"a loop that sleeps is no sign", waits(Python, 3000*ms, 50*ms, ran(2000*ms)), false},
	} {
		if got := busy(tt.run); got != tt.want {
			t.Errorf("%s: busy %v", tt.name, got)
		}
	}
}

// One run is enough to make a comparison worthless, unless it is not there.
func TestAComparisonIsBusyIfARunWas(t *testing.T) {
	t.Parallel()
	busy, idle := Recording{Status: Status{Busy: true}}, Recording{}
	if (Snapshot{Runs: []Recording{idle, idle}}).Busy() || !(Snapshot{Runs: []Recording{idle, busy}}).Busy() {
		t.Error("it does not go by its runs")
	}
}

// What computes says so, and with it when it is done at best.
func TestWhatComputesSaysSo(t *testing.T) {
	t.Parallel()
	for _, lesson := range lessons.All() {
		for _, v := range lesson.Variants {
			if jobs := v.Computes(lesson.Defaults()); jobs < 0 || jobs > 0 && v.Ideal(lesson.Defaults()) > 0 {
				t.Errorf("%s %s: %d jobs compute, and it has an ideal", lesson.ID, v.Name, jobs)
			}
		}
	}
}
