package progress

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// monday is when the tests take place.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// diligent is a learner who has done a bit of everything.
func diligent() *State {
	s := new(State)
	s.ReadPage("tasks", 1, monday)
	s.ReadPage("tasks", 2, monday.Add(time.Minute))
	s.Predict(Prediction{
		Question: Question{"tasks", "how-long"}, Settings: map[string]string{"a": "2s", "b": "1s"},
		Given: "3 s", Correct: "2 s", At: monday.Add(2 * time.Minute),
	})
	s.RecordOutcome(Outcome{Question{"tasks", "how-long"}, map[string]string{"a": "2s", "b": "1s"}, 0, "2 s", monday.Add(3 * time.Minute)})
	s.Ran(Run{"tasks", "concurrent", "go", map[string]string{"a": "2s", "b": "1s"}, 2 * time.Second, monday.Add(3 * time.Minute)})
	s.Answer(Answer{Question{"tasks", "order"}, []string{"B", "A"}, true, monday.Add(4 * time.Minute)})
	s.Answer(Answer{Question{"tasks", "leak"}, []string{"yes"}, false, monday.Add(5 * time.Minute)})
	s.Welcome(monday)
	s.RanAt("tasks", "sequential concurrent")
	s.CannotAsk(Question{"tasks", "in-python"})
	s.Finish("tasks", monday.Add(6*time.Minute))
	return s
}

// recoded is s written and read.
func recoded(t *testing.T, s *State) *State {
	t.Helper()
	data, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Decode(data)
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return read
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, s := range []*State{new(State), diligent()} {
		if diff := cmp.Diff(s, recoded(t, s)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestPagesReadAreASetWithAPlaceInIt(t *testing.T) {
	var s State
	for i, page := range []int{1, 2, 5, 3, 2, 0, -1, maxPage + 1} {
		s.ReadPage("tasks", page, monday.Add(time.Duration(i)*time.Minute))
	}
	want := Lesson{Read: []int{1, 2, 3, 5}, Page: 2, At: monday.Add(4 * time.Minute)}
	if diff := cmp.Diff(want, s.Lessons["tasks"]); diff != "" {
		t.Error(diff)
	}
	if furthest := s.Lessons["tasks"].Furthest(); furthest != 5 {
		t.Errorf("furthest is %d", furthest)
	}
}

func TestALessonIsFinishedOnce(t *testing.T) {
	var s State
	s.Finish("tasks", monday)
	s.Finish("tasks", monday.Add(time.Hour))
	s.ReadPage("tasks", 1, monday.Add(2*time.Hour))
	if got := s.Lessons["tasks"].Finished; !got.Equal(monday) {
		t.Errorf("finished at %v", got)
	}
}

func TestTheSameRecordIsNotedOnce(t *testing.T) {
	once, twice := diligent(), diligent()
	twice.Predict(once.Predictions[0])
	twice.Answer(once.Answers[0])
	twice.Ran(once.Runs[0])
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Error(diff)
	}
}

func TestOldRecordsMakeRoom(t *testing.T) {
	var s State
	for i := range maxRuns + 5 {
		s.Ran(Run{Lesson: "tasks", Variant: fmt.Sprint(i), At: monday.Add(time.Duration(i) * time.Second)})
	}
	if len(s.Runs) != maxRuns || s.Runs[0].Variant != "5" {
		t.Errorf("%d runs, the first is %v", len(s.Runs), s.Runs[0])
	}
}

func TestWhatATerminalMightObeyIsNotKept(t *testing.T) {
	const evil = "a\x1b[2Jb\u009b\x00\xff\u202ec"
	var s State
	s.ReadPage(evil, 1, monday)
	s.Finish(evil, monday)
	s.RanAt(evil, evil)
	s.CannotAsk(Question{evil, evil})
	s.Predict(Prediction{Question{evil, evil}, map[string]string{evil: evil}, 0, evil, evil, false, false, monday})
	s.RecordOutcome(Outcome{Question{evil, evil}, map[string]string{evil: evil}, 0, evil, monday})
	s.Answer(Answer{Question{evil, evil}, []string{evil}, false, monday})
	s.Ran(Run{evil, evil, evil, map[string]string{evil: evil}, 1, monday})
	if diff := cmp.Diff(&s, recoded(t, &s)); diff != "" {
		t.Error(diff)
	}
	if text := fmt.Sprintf("%+v", s); strings.ContainsAny(text, "\x1b\u009b\x00\u202e") {
		t.Errorf("%q", text)
	}
	if _, err := Decode([]byte(`{"version":1,"lessons":{"a\u001b[2Jb":{"page":1,"at":"2026-03-02T09:00:00Z"}}}`)); err == nil {
		t.Error("a file with an escape sequence was read")
	}
}

// TestAddressesAreKeptByTheirHost: whatever else is in one may be a secret,
// and an export goes to the instructor. A file of an older program may have it.
func TestAddressesAreKeptByTheirHost(t *testing.T) {
	for value, want := range map[string]string{
		"2s":                                     "2s",
		"a,b":                                    "a,b",
		"http://a.example":                       "http://a.example",
		"https://a.example:8080/":                "https://a.example:8080",
		"https://anna:s3cret@a.example":          "https://a.example/…",
		"https://a.example/s3cret/x":             "https://a.example/…",
		"http://a.example?s3cret":                "http://a.example/…",
		"http://a.example#s3cret":                "http://a.example/…",
		"https://a:s/3cret@a.example, http://b/": "…,http://b",
		"anna:s3cret@a.example":                  "…",
		"http://%zz/s3cret":                      "…",
	} {
		settings := map[string]string{"urls": value}
		kept := map[string]string{"urls": want}
		old := &State{Runs: []Run{{Lesson: "fetch", Settings: settings, At: monday}}}
		if got := recoded(t, old).Runs[0].Settings; !reflect.DeepEqual(got, kept) {
			t.Errorf("%q was kept, and is read as %q, want %q", value, got, want)
		}
		s := new(State)
		s.Ran(Run{Lesson: "fetch", Settings: settings, At: monday})
		s.Predict(Prediction{Question: Question{"fetch", "x"}, Settings: settings, At: monday})
		s.RecordOutcome(Outcome{Question: Question{"fetch", "x"}, Settings: settings, At: monday})
		for _, got := range []map[string]string{s.Runs[0].Settings, s.Predictions[0].Settings, s.Outcomes[0].Settings} {
			if !reflect.DeepEqual(got, kept) {
				t.Errorf("%q is kept as %q, want %q", value, got, want)
			}
		}
		if !s.Predictions[0].About(Question{"fetch", "x"}, settings, 0) {
			t.Errorf("%q: the prediction is not known again", value)
		}
		if settings["urls"] != value {
			t.Errorf("the caller's %q has become %q", value, settings["urls"])
		}
	}
}

// TestWrongFilesInPlainWords: none of them is Go's.
func TestWrongFilesInPlainWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "it is empty",
		"[]":                        "it is JSON of another kind",
		"{":                         "it breaks off before its end",
		"{\n\"version\": 1,\n x}":   "it is not JSON, see its line 3",
		`{"version":1} {}`:          "it is not JSON, see its line 1",
		`{"version":"one"}`:         "it is JSON of another kind",
		`{}`:                        "it has no version",
		`{"version":1,"lessons":7}`: `its "lessons" does not hold what belongs there`,
		`{"version":1,"lessons":{"tasks":{"page":"two"}}}`:                                    `its "page" does not hold what belongs there`,
		`{"version":1,"welcomed":"yesterday"}`:                                                `"yesterday" is not a time`,
		`{"version":1,"friends":["Ben"]}`:                                                     `it has a field "friends", which gosyncio does not know`,
		`{"version":1,"` + strings.Repeat("x", 1000) + `":1}`:                                 `it has a field "` + strings.Repeat("x", 40) + `…", which gosyncio does not know`,
		`{"version":1,"lessons":{"` + strings.Repeat("y", 1000) + `":{"page":-1}}}`:           `lesson "` + strings.Repeat("y", 40) + `…" has impossible pages`,
		`{"version":1,"runs":[{"lesson":"\u001b[2J"}]}`:                                       `"\x1b[2J" is not printable`,
		`{"version":1,"lessons":{"tasks":{"page":1,"pages_read":[1],"at":12}}}`:               "it is not as gosyncio writes it",
		`{"version":1,"exercises":{"parts":{"verdicts":{"solved":99999999999999999999999}}}}`: `its "verdicts" does not hold what belongs there`,
	} {
		_, err := Decode([]byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
}

func TestWhatMakesNoSenseIsNotRead(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"blanks":            " \n",
		"cut":               `{"version":1,"lessons":{"tas`,
		"no object":         `[1]`,
		"no version":        `{}`,
		"an early version":  `{"version":0}`,
		"two values":        `{"version":1}{"version":1}`,
		"an unknown field":  `{"version":1,"lesons":{}}`,
		"an unknown detail": `{"version":1,"lessons":{"tasks":{"page":1,"at":"2026-03-02T09:00:00Z","x":1}}}`,
		"pages in disorder": `{"version":1,"lessons":{"tasks":{"pages_read":[2,1],"page":1,"at":"2026-03-02T09:00:00Z"}}}`,
		"a page twice":      `{"version":1,"lessons":{"tasks":{"pages_read":[1,1],"page":1,"at":"2026-03-02T09:00:00Z"}}}`,
		"page 0":            `{"version":1,"lessons":{"tasks":{"pages_read":[0],"page":1,"at":"2026-03-02T09:00:00Z"}}}`,
		"too many pages":    `{"version":1,"lessons":{"tasks":{"pages_read":[99999],"page":1,"at":"2026-03-02T09:00:00Z"}}}`,
		"no time":           `{"version":1,"runs":[{"at":"yesterday"}]}`,
		"the end of time":   `{"version":1,"runs":[{"at":"9999-12-31T23:59:59-23:00"}]}`,
		"bytes":             "\x89PNG\r\n\x1a\n\x00",
	} {
		if s, err := Decode([]byte(text)); err == nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if _, err := Decode([]byte(`[1]`)); err == nil || err.Error() != "it is JSON of another kind" {
		t.Errorf("an array: %v", err)
	}
	if _, err := Decode([]byte("\uFEFF{\"version\":1}")); err != nil {
		t.Errorf("as some editors write it: %v", err)
	}
	if _, err := Decode(slices.Repeat([]byte{' '}, maxSize+1)); err != errTooLarge {
		t.Errorf("too large: %v", err)
	}
}

// TestAStateWithAllItMayHoldCanBeReadAgain reckons with a hundredth of it.
func TestAStateWithAllItMayHoldCanBeReadAgain(t *testing.T) {
	var s State
	const part = 100
	for i := range maxOutcomes / part {
		s.RecordOutcome(Outcome{Question{"eventloop", "how-long"}, map[string]string{"a": "1s", "b": "2s", "c": "3s"}, 2, strings.Repeat("x", 100), monday.Add(time.Duration(i) * time.Second)})
	}
	for i := range maxPredictions / part {
		at := monday.Add(time.Duration(i) * time.Second)
		s.Predict(Prediction{
			Question: Question{"eventloop", "how-long-do-they-take-together"},
			Settings: map[string]string{"a": "1s", "b": "2s", "c": "3s"},
			Given:    strings.Repeat("x", 100), Correct: strings.Repeat("y", 100), At: at,
		})
		s.Answer(Answer{Question{"eventloop", "which-of-them-come-first"}, []string{strings.Repeat("x", 200)}, true, at})
	}
	data, err := s.Encode()
	if err != nil || len(data)*part >= maxSize {
		t.Errorf("%d bytes, %v", len(data)*part, err)
	}
}

// FuzzDecode: no bytes make Decode panic, and what it takes can be used,
// written and read again.
func FuzzDecode(f *testing.F) {
	if data, err := diligent().Encode(); err == nil {
		f.Add(data)
	}
	f.Add([]byte(`{"version":1,"cards":{"tasks":{"order":{"due":"2026-03-02T09:00:00Z","stability":-1,"reviewed":"2026-03-02T09:00:00Z"}}}}`))
	f.Add([]byte(`{"version":2}`))
	f.Add([]byte(`{"version":1}x`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data)
		if err != nil {
			return
		}
		if again := recoded(t, s); !reflect.DeepEqual(s.Due(monday), again.Due(monday)) {
			t.Error("another schedule after writing")
		}
		for _, q := range s.Due(monday) {
			s.Answer(Answer{q, nil, true, monday})
		}
		s.Predict(Prediction{At: monday})
		recoded(t, s)
		s.Merge(diligent())
		first := recoded(t, s)
		s.Merge(first)
		if diff := cmp.Diff(first, recoded(t, s)); diff != "" {
			t.Error(diff)
		}
		Summarise([]Learner{{"anna", s}}, []Course{{Lesson: "tasks", Pages: 3, Runs: []string{"concurrent"}, Predictions: []string{"how-long"}, Quiz: []string{"order"}}})
	})
}
