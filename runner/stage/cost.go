package stage

import (
	"strings"

	"gosyncio/runner/player"
)

// cost is what the run's code costs, in full and shorter; nil if that is not
// what the lesson is about.
func cost(p Panel) []string {
	switch cost := p.Status.Cost; {
	case !p.succeeded():
		return nil
	case p.Status.Measuring:
		return []string{"measuring what it costs", "cpu …"}
	case cost == nil:
		return nil
	case cost.Memory == 0:
		return []string{"cpu " + Seconds(cost.CPU)}
	default:
		cpu := "cpu " + Seconds(cost.CPU)
		return []string{cpu + "   " + Megabytes(cost.Memory), cpu}
	}
}

// costNote is what all runs cost, for a compact grid, whose panels have no
// room to say it; "" if there is nothing to say.
func costNote(s player.Snapshot) string {
	oneVariant, measuring := true, false
	for _, run := range s.Present() {
		oneVariant = oneVariant && run.Job.Variant.Name == s.Present()[0].Job.Variant.Name
		measuring = measuring || run.Status.Measuring
	}
	var cpu, memory []string
	for _, run := range s.Present() {
		cost, name := run.Status.Cost, s.Name(run.Job)
		if cost == nil {
			continue
		}
		if oneVariant {
			name = run.Job.Language.String()
		}
		cpu = append(cpu, name+" "+Seconds(cost.CPU))
		if cost.Memory > 0 {
			memory = append(memory, name+" "+Megabytes(cost.Memory))
		}
	}
	switch {
	case measuring:
		return "measuring what it costs"
	case len(cpu) == 0:
		return ""
	case len(memory) == 0:
		return "cpu: " + strings.Join(cpu, ", ")
	}
	return "cpu: " + strings.Join(cpu, ", ") + "; memory: " + strings.Join(memory, ", ")
}
