package player

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/child"
)

// costly is a concurrent variant in both languages, of a lesson that is about
// what it costs with these settings.
func costly(t testing.TB, id string, settings ...string) Setup {
	t.Helper()
	lesson, err := lessons.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	v, err := lesson.Variant("concurrent")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../../content/" + id + "/" + id + ".py")
	if err != nil {
		t.Fatal(err)
	}
	values := lessontest.Set(t, lesson.Defaults(), settings)
	return Setup{Lesson: lesson, Values: values, Parts: []Part{{Variant: v, Language: Go}, {Variant: v, Language: Python}}, Source: source}
}

// What a run costs is what its code costs as a plain program that nobody
// traces. How much that is depends on when garbage is collected: a factor of
// two would be another thing.
func TestCostIsThatOfAPlainProgram(t *testing.T) {
	t.Parallel()
	interpreter, setup := python(t), costly(t, "coroutines", "count=4000", "delay=300ms")
	c, err := with(interpreter).Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	for _, run := range c.Snapshot().Runs {
		language, status := run.Job.Language, run.Status
		if status.Err != "" || status.Measuring || status.Cost == nil {
			t.Errorf("%v: measuring %v, cost %v, %s", language, status.Measuring, status.Cost, status.Err)
			continue
		}
		if status.Cost.CPU <= 0 || len(run.Lanes) < 4000 || len(status.Output) != 8000 {
			t.Errorf("%v: CPU time %v, %d lanes, %d lines", language, status.Cost.CPU, len(run.Lanes), len(status.Output))
		}
		want := plainCost(t, interpreter, setup, language).Memory // 0 where it cannot be told
		if got := status.Cost.Memory; got < want/2 || got > want*2 {
			t.Errorf("%v: %d bytes, as a plain program %d", language, got, want)
		}
		if status.Cost.Memory >= status.MaxRSS {
			t.Errorf("%v: cost %d of the %d bytes of the process", language, status.Cost.Memory, status.MaxRSS)
		}
	}
}

// Runs have ended before it is known what they cost, and who leaves then
// waits for nothing.
func TestWhoLeavesDoesNotWaitForTheCost(t *testing.T) {
	t.Parallel()
	setup := costly(t, "coroutines", "count=1000", "delay=1s")
	setup.Parts = setup.Parts[:1]
	c, err := ours().Play(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	for !c.Ended() {
		<-c.Changed()
	}
	s := c.WithoutLanes()
	if status := s.Runs[0].Status; !s.Ended || status.Phase != Ended || status.Err != "" || status.Measuring == (status.Cost != nil) {
		t.Errorf("ended %v, %+v", s.Ended, status)
	}
	c.Cancel()
	c.Wait()
	if status := c.Runs[0].Status(); status.Measuring || status.Err != "" {
		t.Errorf("measuring %v, error %q", status.Measuring, status.Err)
	}
}

// Where no lesson is about it nothing is measured, nor is what has failed.
func TestCostIsMeasuredWhereALessonIsAboutIt(t *testing.T) {
	t.Parallel()
	c := play(t, t.Context(), "tasks", []string{"sequential"}, "a=1ms", "b=1ms")
	if status := c.Runs[0].Status(); status.Cost != nil || status.Measuring {
		t.Errorf("cost %v, measuring %v", status.Cost, status.Measuring)
	}
	costs := map[string]lessons.Cost{}
	for _, lesson := range lessons.All() {
		for _, v := range lesson.Variants {
			if cost := v.Cost(lesson.Defaults()); cost != lessons.NoCost {
				costs[lesson.ID] = max(costs[lesson.ID], cost)
			}
		}
	}
	if len(costs) != 2 || costs["cpubound"] != lessons.CPUCost || costs["sockets"] != lessons.WholeCost {
		t.Errorf("lessons about cost: %v", costs)
	}
}

// BenchmarkCost reports what is shown as cost, as a share of what the same
// code costs as a plain program: 1 is the truth.
func BenchmarkCost(b *testing.B) {
	if len(everyPython()) == 0 {
		b.Skip("there is no Python on this machine")
	}
	interpreter := everyPython()[0]
	for name, setup := range map[string]Setup{
		"2000 connections": costly(b, "sockets", "clients=2000", "pause=1s"),
		"10000 tasks":      costly(b, "coroutines", "count=10000"),
	} {
		b.Run(name, func(b *testing.B) {
			sums := map[string]float64{}
			for b.Loop() {
				c, err := with(interpreter).Play(b.Context(), setup)
				if err != nil {
					b.Fatal(err)
				}
				c.Wait()
				for _, run := range c.WithoutLanes().Runs {
					plain := plainCost(b, interpreter, setup, run.Job.Language)
					if run.Status.Cost == nil {
						b.Fatalf("%v: no cost, %s", run.Job.Language, run.Status.Err)
					}
					sums[run.Job.Language.ID()+"-cpu"] += float64(run.Status.Cost.CPU) / float64(plain.CPU)
					sums[run.Job.Language.ID()+"-memory"] += float64(run.Status.Cost.Memory) / float64(plain.Memory)
				}
			}
			for name, sum := range sums {
				b.ReportMetric(sum/float64(b.N), name)
			}
		})
	}
}

// plainCommand makes the test binary a plain program: it runs a variant, and
// nothing else.
const plainCommand = "__plain"

func plain(args []string) int {
	variant, values, _, err := parseArgs(args)
	before := child.UsageNow()
	if err == nil {
		err = variant.Run(context.Background(), values)
	}
	var cost Cost
	cost.CPU, cost.Memory = before.Since()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	json.NewEncoder(os.Stderr).Encode(cost)
	return 0
}

const plainPython = `
import asyncio, json, sys, time
def memory(name):
    try:
        return [int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith(name)][0]
    except OSError:
        return 0
sys.path.insert(0, sys.argv[1])
variant = __import__(sys.argv[2]).concurrent
resident, cpu = memory("VmRSS"), time.process_time_ns()
asyncio.run(variant(**json.loads(sys.argv[3])))
json.dump({"CPU": time.process_time_ns() - cpu, "Memory": memory("VmHWM") - resident}, sys.stderr)
`

// plainCost is what the setup's variant costs as a plain program.
func plainCost(t testing.TB, interpreter Interpreter, setup Setup, language Language) (cost Cost) {
	t.Helper()
	lesson, values := setup.Lesson, setup.Values
	if lesson.Serve != nil {
		addr, server, err := lesson.Serve(values)
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		values.Server = addr
	}
	job := Job{Part: setup.Parts[0], Lesson: lesson, Values: values}
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{plainCommand}, childArgs(job)[1:]...)...)
	if language == Python {
		arguments, err := json.Marshal(lesson.Arguments(values))
		if err != nil {
			t.Fatal(err)
		}
		cmd = exec.CommandContext(t.Context(), interpreter.Executable, "-B", "-c", plainPython, "../../content/"+lesson.ID, lesson.ID, string(arguments))
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	if err := json.Unmarshal([]byte(said.String()), &cost); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	return cost
}
