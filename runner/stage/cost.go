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
// room to say it; empty if there is nothing to say. Briefly it is said in the
// order of the runs.
func costNote(s player.Snapshot) Note {
	oneVariant := true
	for _, run := range s.Present() {
		if run.Status.Measuring {
			return Note{Text: "measuring what it costs"}
		}
		oneVariant = oneVariant && run.Job.Variant.Name == s.Present()[0].Job.Variant.Name
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
	if len(cpu) == 0 {
		return Note{}
	}
	note := Note{Text: "cpu: " + strings.Join(cpu, ", "), Brief: costInOrder(s)}
	if len(memory) > 0 {
		note.Text += "; memory: " + strings.Join(memory, ", ")
	}
	return note
}

// costInOrder is the CPU time of the runs in each language, in their order.
func costInOrder(s player.Snapshot) string {
	var parts []string
	for _, language := range []player.Language{player.Python, player.Go} {
		var cpu []string
		for _, run := range s.Present() {
			if run.Job.Language != language {
				continue
			}
			if run.Status.Cost == nil {
				return ""
			}
			cpu = append(cpu, Seconds(run.Status.Cost.CPU))
		}
		if cpu != nil {
			parts = append(parts, language.String()+" "+strings.Join(cpu, ", "))
		}
	}
	return "cpu: " + strings.Join(parts, "; ")
}
