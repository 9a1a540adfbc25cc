// Package plan knows what is to be run: it checks the names and the
// settings that were asked for, on the command line or by a page, and says
// which runs that makes. It runs nothing itself.
package plan

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"gosyncio/content"
	"gosyncio/lessons"
	"gosyncio/runner/course"
	"gosyncio/runner/cpus"
	"gosyncio/runner/fault"
	"gosyncio/runner/player"
)

// MaxProcs is the largest GOMAXPROCS that may be asked for.
const MaxProcs = 1024

// A Request is a comparison that was asked for, checked and ready to be
// played. It is a value: what changes it gives another one.
type Request struct {
	Lesson    course.Lesson
	Variants  []lessons.Variant
	Values    lessons.Values
	Languages Languages
	Procs     int // GOMAXPROCS; 0 is the usual
	CPUs      int // how many there are for the runs

	asked lessons.Values // as they were asked for first
}

// New checks names and settings ("name=value"). Without variants it takes
// those that the lesson compares. The error of wrong names and values is a
// usage error.
func New(id string, variants, set []string, languages Languages) (Request, error) {
	lesson, err := course.Load(id)
	if err != nil {
		return Request{}, err
	}
	return For(lesson, variants, set, languages)
}

// For is New for a lesson that has been loaded.
func For(lesson course.Lesson, variants, set []string, languages Languages) (Request, error) {
	if len(variants) == 0 {
		variants = lesson.Program.Compared
	}
	r := Request{Lesson: lesson, Values: lesson.Program.Defaults(), Languages: languages, CPUs: cpus.Available()}
	for _, name := range variants {
		variant, err := lesson.Program.Variant(name)
		if err != nil {
			return Request{}, course.Explain(lesson.ID, err)
		}
		if slices.ContainsFunc(r.Variants, func(v lessons.Variant) bool { return v.Name == name }) {
			return Request{}, fault.Usage(name+" is named twice", "name each variant once; --repeat N runs it N times")
		}
		r.Variants = append(r.Variants, variant)
	}
	for _, assignment := range set {
		name, value, ok := strings.Cut(assignment, "=")
		if !ok {
			return Request{}, fault.Usage(fmt.Sprintf("--set %q has no value", assignment),
				"write --set name=value; the settings are "+Settings(lesson.Program))
		}
		var err error
		if r.Values, err = r.Values.With(name, value); err != nil {
			return Request{}, course.Explain(lesson.ID, err)
		}
	}
	r.asked = r.Values
	return r, nil
}

// ForPage is the request of a page's run block, in the languages that the
// page sets or else in the chosen ones.
func ForPage(lesson course.Lesson, run content.Run, chosen Languages) (Request, error) {
	return For(lesson, run.Variants, Assignments(run), InLanguages(run, chosen))
}

// InLanguages are the languages that a page's run sets, or else those that
// the learner has chosen.
func InLanguages(run content.Run, chosen Languages) Languages {
	return cmp.Or(Languages(run.With), chosen)
}

// Assignments are what a page's run sets, as --set takes it, in the order
// of the names.
func Assignments(run content.Run) []string {
	var set []string
	for name, value := range run.Set {
		set = append(set, name+"="+value)
	}
	slices.Sort(set)
	return set
}

// Settings are the settings of a lesson with their defaults, in a line.
func Settings(lesson lessons.Lesson) string {
	var parts []string
	for _, s := range lesson.Settings {
		parts = append(parts, s.Name+"="+s.Default)
	}
	return strings.Join(parts, " ")
}

// Heading is the lesson with its settings, in a line.
func (r Request) Heading() string {
	if settings := r.Values.String(); settings != "" {
		return r.Lesson.ID + " (" + settings + ")"
	}
	return r.Lesson.ID
}

// Caption says with what it is run.
func (r Request) Caption() string { return Caption(r.Variants, r.Values, r.Procs) }

// StageCaption is the caption of what is run on this machine: it says that
// there is only one CPU if that is so.
func (r Request) StageCaption() string {
	switch caption := r.Caption(); {
	case r.CPUs != 1 || r.Procs == 1:
		return caption
	case r.Procs > 1:
		return caption + " on 1 CPU"
	default:
		return strings.TrimSpace(caption + " 1 CPU")
	}
}

// Caption is what stands beside a title: the settings by which at least one of
// the variants goes, and the number of CPUs unless that is 0, the usual one.
func Caption(variants []lessons.Variant, values lessons.Values, procs int) string {
	var ignored []string
	for i, variant := range variants {
		if i == 0 {
			ignored = slices.Clone(variant.Ignores)
		}
		ignored = slices.DeleteFunc(ignored, func(name string) bool { return !slices.Contains(variant.Ignores, name) })
	}
	caption := values.Without(ignored)
	if procs == 0 {
		return caption
	}
	return strings.TrimSpace(fmt.Sprintf("%s CPUs=%d", caption, procs))
}

// AsAsked is the request with the settings and CPUs that it had when it was
// made.
func (r Request) AsAsked() Request {
	r.Values, r.Procs = r.asked, 0
	return r
}

// Toggled is the request with Python or, where there is one, without. It
// stays as it is if there would be nothing to run.
func (r Request) Toggled() Request {
	other := r
	other.Languages = r.Languages.toggled()
	if len(other.Parts()) == 0 {
		return r
	}
	return other
}

// Parts are the runs to make: each variant in each language that has it.
func (r Request) Parts() []player.Part {
	var parts []player.Part
	for _, variant := range r.Variants {
		for _, language := range r.Languages.each() {
			if r.has(variant, language) {
				parts = append(parts, player.Part{Variant: variant, Language: language})
			}
		}
	}
	return parts
}

func (r Request) has(variant lessons.Variant, language player.Language) bool {
	if language == player.Go {
		return variant.Run != nil
	}
	return r.Lesson.Text.InPython(variant.Name)
}

// Setup is the request as the player takes it.
func (r Request) Setup() player.Setup {
	return player.Setup{
		Lesson: r.Lesson.Program, Values: r.Values, Parts: r.Parts(), Procs: r.Procs, CPUs: r.CPUs,
		Source: r.Lesson.Text.Python,
	}
}

// Numbers are the names that formulas about a run in a language may use: the
// settings that are numbers, durations in seconds, and cpus, how many the run
// will have.
func (r Request) Numbers(language player.Language) map[string]float64 {
	cpus := r.CPUs
	if language == player.Go {
		cpus = min(cpus, cmp.Or(r.Procs, runtime.GOMAXPROCS(0))) // which may be more
	}
	numbers := map[string]float64{"cpus": float64(cpus)}
	for name, value := range r.Lesson.Program.Arguments(r.Values) {
		switch value := value.(type) {
		case float64:
			numbers[name] = value
		case int:
			numbers[name] = float64(value)
		}
	}
	return numbers
}
