package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	utf "golang.org/x/text/encoding/unicode"

	"gosyncio/runner/fault"
	"gosyncio/runner/findings"
	"gosyncio/runner/player"
	"gosyncio/runner/timeline"
)

// written is what a document is as JSON.
func written(t testing.TB, d *Document) string {
	t.Helper()
	var b strings.Builder
	if err := d.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// reread wants that a text can be read.
func reread(t *testing.T, text string) *Document {
	t.Helper()
	d, err := Read("runs.json", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What was written is read, and written as it was: all that can be in it.
func TestWhatIsReadIsWrittenAgain(t *testing.T) {
	t.Parallel()
	all := tasks(t)
	all.Runs[0].Status.Cost, all.Runs[0].Status.Busy, all.Runs[0].Cut = &player.Cost{CPU: 41, Memory: 1000}, true, true
	missing := tasks(t)
	missing.Runs[1].Status.Missing = &fault.Error{What: "there is no python3", Next: "install it"}
	var repeated strings.Builder
	r := Repeats{Elapsed: []time.Duration{1, 3}, Min: 1, Median: 2, Max: 3, Spread: 1, Failed: 1}
	if err := JSONRepeated(&repeated, all, 3, []Repeats{r, r}); err != nil {
		t.Fatal(err)
	}
	watched := tasks(t)
	watched.Runs[0].Lanes = slices.Clone(watched.Runs[0].Lanes)
	watched.Runs[0].Lanes[0].Origin = &timeline.Origin{ID: 7, Number: 2, Function: "main.worker", Library: true, Parent: 1, By: "main", Started: "main.go:3", At: 5}
	watched.Runs[0].Lanes[0].WokenBy, watched.Runs[0].Lanes[0].WokenAt = 1, 6
	found := [][]findings.Finding{{{Kind: "leak", Line: "main.go:5", Message: "9 goroutines wait at main.go:5", Why: "none has gone on"}}, {}}
	texts := map[string]string{
		"watched":    written(t, Of(watched).Found(found)),
		"repeated":   repeated.String(),
		"no Python":  written(t, Of(missing)),
		"no runs":    written(t, Of(player.Snapshot{Lesson: all.Lesson, Values: all.Values, Ended: true})),
		"a real run": written(t, Of(played(t, "gather"))),
		"regions":    written(t, Of(playedNested(t))),
	}
	if want := `"findings":[],"lanes":`; !strings.Contains(texts["watched"], want) || strings.Contains(texts["a real run"], "findings") {
		t.Errorf("%s, of what is watched, and only there:\n%s", want, texts["watched"])
	}
	for name, text := range texts {
		if diff := cmp.Diff(text, written(t, reread(t, text))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Whichever way it comes to be, a document gives the same trace.
func TestWhatIsReadGivesTheSameTrace(t *testing.T) {
	t.Parallel()
	made := Of(played(t, "tasks"))
	var before, after bytes.Buffer
	if err := errors.Join(made.Trace(&before), reread(t, written(t, made)).Trace(&after)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before.String(), after.String()); diff != "" {
		t.Errorf("(-made +read):\n%s", diff)
	}
}

func TestFilesOfOtherVersionsAndShellsAreRead(t *testing.T) {
	t.Parallel()
	want := written(t, Of(tasks(t)))
	later := strings.NewReplacer(
		`{"format":1,`, `{"format":1,"mood":{"good":[true]},`,
		`"variant":`, `"omens":[{"kind":"leak","line":3,"message":"x"}],"variant":`,
		`{"name":"A",`, `{"name":"A","id":7,"parent":[1],"started":"tasks.go:3",`,
		`"state":"running",`, `"state":"running","cpu":2,`,
		`"at_ns":5,`, `"at_ns":5,"stream":"stdout",`,
	).Replace(want)
	utf16 := func(endian utf.Endianness) string {
		text, err := utf.UTF16(endian, utf.UseBOM).NewEncoder().String(want)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(want), "", "\t"); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"earlier":                strings.Replace(want, `"format":1,`, "", 1),
		"later":                  later,
		"for people":             indented.String(),
		"with a byte order mark": "\uFEFF" + want,
		"UTF-16":                 utf16(utf.LittleEndian),
		"UTF-16, big endian":     utf16(utf.BigEndian),
	} {
		d, err := Read("runs.json", strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if diff := cmp.Diff(want, written(t, d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Somebody else may have made the file.
func TestTextsOfAFileCanBeShown(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer(
		`"lesson":"tasks"`, `"lesson":"ta\u001b[2Jsks"`,
		`"a":"2s"`, `"a\u0007":"2\u009bs"`,
		`"variant":"sequential"`, `"variant":"sequ\u0000ential"`,
		`"name":"A"`, `"name":"A\u001b]0;x\u0007"`,
		`"reason":"sleep"`, `"reason":"sle\nep"`,
		`A \u003cstarted\u003e`, `\u202eA\u009b31m`,
	).Replace(written(t, Of(tasks(t))))
	d := reread(t, text)
	var trace strings.Builder
	if err := d.Trace(&trace); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{written(t, d), trace.String()} {
		if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) || strings.Contains(text, `\u001b`) || strings.Contains(text, `\u0000`) {
			t.Errorf("%q", text)
		}
	}
}

// A text of megabytes is cut: the stage would set it anew for each key.
func TestLongTextsOfAFileAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1<<20)
	text := strings.NewReplacer(
		`"lesson":"tasks"`, `"lesson":"`+long+`"`,
		`"a":"2s"`, `"a":"`+long+`"`,
		`"variant":"sequential"`, `"variant":"`+long+`"`,
		`"name":"A"`, `"name":"`+long+`"`,
		`"reason":"sleep"`, `"reason":"`+long+`"`,
		`A \u003cstarted\u003e`, long,
	).Replace(written(t, Of(tasks(t))))
	if n := strings.Count(text, long); n < 6 {
		t.Fatalf("%d texts are long", n)
	}
	cut := written(t, reread(t, text))
	if most := 8 * maxText; len(cut) > most {
		t.Errorf("%d bytes are left, more than %d", len(cut), most)
	}
	if n := strings.Count(cut, "é…"); n < 6 || strings.Contains(cut, "\uFFFD") {
		t.Errorf("%d texts are cut behind a whole letter", n)
	}
	if again := written(t, reread(t, cut)); again != cut {
		t.Error("what was cut is cut again")
	}
}

func TestWhatIsNoRecordingIsSaid(t *testing.T) {
	t.Parallel()
	whole := written(t, Of(tasks(t)))
	with := func(old, changed string) string {
		t.Helper()
		if !strings.Contains(whole, old) {
			t.Fatalf("there is no %s in %s", old, whole)
		}
		return strings.Replace(whole, old, changed, 1)
	}
	var manySettings string
	for i := range maxNames {
		manySettings += fmt.Sprintf(`"s%d":"",`, i)
	}
	const no = "runs.json is no recording of runs: "
	for name, tt := range map[string]struct{ text, what, next string }{
		"empty":            {"", no + "it is empty", "name a file"},
		"spaces":           {" \n\n", no + "it is empty", "name a file"},
		"cut":              {whole[:len(whole)/2], no + "it breaks off before its end", "write it again"},
		"cut in a text":    {whole[:strings.Index(whole, "started")], no + "it breaks off before its end", "write it again"},
		"cut at the end":   {strings.TrimSuffix(whole, "}\n"), no + "it breaks off before its end", "write it again"},
		"no JSON":          {"PK\x03\x04", no + "it is not JSON, see its byte 1", "name a file"},
		"no JSON inside":   {with(`"runs":[`, `"runs":[!`), no + "it is not JSON, see its byte ", "name a file"},
		"twice":            {whole + whole, no + "there is more behind its end", "name a file"},
		"rubbish behind":   {whole + "x", no + "it is not JSON, see its byte ", "name a file"},
		"a list":           {"[]", no + "it is JSON of another kind", "name a file"},
		"a text":           {`"runs"`, no + "it is JSON of another kind", "name a file"},
		"null":             {"null", no + "it is JSON of another kind", "name a file"},
		"another object":   {`{"lessons":[]}`, no + "it is JSON of another kind", "name a file"},
		"no lesson":        {`{"runs":[]}`, no + "it is JSON of another kind", "name a file"},
		"no runs":          {`{"lesson":"tasks"}`, no + "it is JSON of another kind", "name a file"},
		"runs of no kind":  {`{"lesson":"tasks","runs":[1]}`, no + "it is JSON of another kind", "name a file"},
		"no lanes":         {`{"lesson":"tasks","runs":[{"variant":"a","language":"go","output":[]}]}`, no + "it is JSON of another kind", "name a file"},
		"lanes in a text":  {with(`"lanes":[]`, `"lanes":"none"`), no + "it is JSON of another kind", "name a file"},
		"other letters":    {with(`"lanes":[]`, `"Lanes":[]`), no + "it is JSON of another kind", "name a file"},
		"a lane of null":   {with(`{"name":"B","spans":[]}`, `null`), no + "it is JSON of another kind", "name a file"},
		"a time in words":  {with(`"start_ns":0`, `"start_ns":"now"`), no + "it has a string where none belongs", "name a file"},
		"half a time":      {with(`"start_ns":0`, `"start_ns":0.5`), no + "it has a number 0.5 where none belongs", "name a file"},
		"a time too large": {with(`"end_ns":20`, `"end_ns":9223372036854775808`), no + "it has a number 9223372036854775808 where none belongs", "name a file"},
		"backwards":        {with(`"end_ns":20`, `"end_ns":9`), no + "span 2 of lane 1 of run 1 ends before it starts", "name a file"},
		"overlapping":      {with(`"start_ns":10`, `"start_ns":9`), no + "span 2 of lane 1 of run 1 starts before the last one has ended", "name a file"},
		"negative":         {with(`"start_ns":0`, `"start_ns":-1`), no + "span 1 of lane 1 of run 1 does not say when it starts", "name a file"},
		"no start":         {with(`"start_ns":0,`, ``), no + "span 1 of lane 1 of run 1 does not say when it starts", "name a file"},
		"no state":         {with(`"state":"running",`, ``), no + "span 1 of lane 1 of run 1 has no state", "name a file"},
		"state unseen":     {with(`"state":"running"`, `"state":"\u200b"`), no + "span 1 of lane 1 of run 1 has no state", "name a file"},
		"no time printed":  {with(`"at_ns":5,`, ``), no + "line 1 of the output of run 1 has no time", "name a file"},
		"woken early":      {with(`{"name":"A",`, `{"name":"A","woken":{"at_ns":-1},`), no + "the waking of lane 1 of run 1 has a negative time", "name a file"},
		"woken late":       {with(`{"name":"A",`, `{"name":"A","woken":{"at_ns":8640000000000001},`), no + "the waking of lane 1 of run 1 has a time that is of more than 100 days", "name a file"},
		"elapsed":          {with(`"elapsed_ns":0`, `"elapsed_ns":-1`), no + "the time of run 2 is negative", "name a file"},
		"elapsed, long":    {with(`"elapsed_ns":0`, `"elapsed_ns":8640000000000001`), no + "the time of run 2 is of more than 100 days", "name a file"},
		"ideal, long":      {with(`"ideal_ns":0`, `"ideal_ns":8640000000000001`), no + "the time of run 2 is of more than 100 days", "name a file"},
		"printed late":     {with(`"at_ns":5`, `"at_ns":8640000000000001`), no + "the time of line 1 of the output of run 1 is of more than 100 days", "name a file"},
		"ends late":        {with(`"end_ns":20`, `"end_ns":8640000000000001`), no + "span 2 of lane 1 of run 1 has a time that is of more than 100 days", "name a file"},
		"elapsed for ever": {with(`"elapsed_ns":0`, `"elapsed_ns":9223372036854775807`), no + "the time of run 2 is of more than 100 days", "name a file"},
		"ideally endless":  {with(`"ideal_ns":0`, `"ideal_ns":9223372036854775807`), no + "the time of run 2 is of more than 100 days", "name a file"},
		"printed too late": {with(`"at_ns":5,`, `"at_ns":9223372036854775807,`), no + "the time of line 1 of the output of run 1 is of more than 100 days", "name a file"},
		"runs twice":       {with(`"runs":`, `"runs":[],"runs":`), no + "it has its runs twice", "name a file"},
		"lanes twice":      {with(`"lanes":`, `"lanes":[],"lanes":`), no + "it has its lanes twice", "name a file"},
		"many runs":        {`{"lesson":"tasks","runs":[` + strings.Repeat(`{"variant":"a","language":"go","output":[],"lanes":[]},`, maxRuns+1), no + "it has more than 100 runs", "name a file"},
		"many settings":    {with(`"settings":{`, `"settings":{`+manySettings), no + "it has more than 100 settings", "name a file"},
		"a long field":     {with(`"lesson":"tasks"`, `"lesson":"`+strings.Repeat("x", maxField)+`"`), no + "its fields are too long", "name a file"},
		"newer":            {with(`"format":1`, `"format":2`), "runs.json was made by a newer gosyncio: it is of format 2, and this gosyncio knows formats up to 1", "update gosyncio"},
		"newer, otherwise": {`{"format":2,"runs":{}}`, "runs.json was made by a newer gosyncio: it is of format 2, and this gosyncio knows formats up to 1", "update gosyncio"},
		"another language": {with(`"language":"go"`, `"language":"lisp"`), "runs.json was made by a newer gosyncio: a run is in lisp, which this one does not know", "update gosyncio"},
		"no language":      {with(`"language":"go"`, `"language":"`+strings.Repeat("x", 1000)+`"`), no + "it is JSON of another kind", "name a file"},
		"no format":        {with(`"format":1`, `"format":-1`), no + "it is JSON of another kind", "name a file"},
	} {
		_, err := Read("runs.json", strings.NewReader(tt.text))
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || !strings.HasPrefix(e.What, tt.what) || !strings.HasPrefix(e.Next, tt.next) || strings.Contains(e.What+e.Next, "\n") {
			t.Errorf("%s: %#v, want %q", name, err, tt.what)
		}
	}
}

// endless is a file that goes on for ever.
type endless struct{ begin string }

func (e *endless) Read(p []byte) (int, error) {
	if n := copy(p, e.begin); n > 0 {
		e.begin = e.begin[n:]
		return n, nil
	}
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestAFileThatIsTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	_, err := read(&endless{`{"lesson":"tasks","runs":[`}, 1<<20)
	if !errors.Is(err, errTooLarge) {
		t.Fatal(err)
	}
	const want = "runs.json is too large: it has more than 200 MB"
	if e, ok := errors.AsType[*fault.Error](explain("runs.json", err)); !ok || e.What != want {
		t.Errorf("%#v", e)
	}
}

func TestFilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(folder, "nosuch.json"): "there is no file ",
		folder:                               folder + " is no recording of runs: it is a folder",
	} {
		_, err := ReadFile(path)
		if e, ok := errors.AsType[*fault.Error](err); !ok || !strings.HasPrefix(e.What, want) {
			t.Errorf("%#v, want %q", err, want)
		}
	}
}

// Whatever a file says, it is refused in a line, or what is read is in order and
// is read again.
func FuzzRead(f *testing.F) {
	lesson := func(run string) string {
		return `{"format":1,"lesson":"tasks","settings":{"a":"2s"},"runs":[` + run + `]}`
	}
	lane := func(spans string) string {
		return lesson(`{"variant":"a","language":"go","output":[{"at_ns":5,"text":"A"}],"lanes":[{"name":"A","spans":[` + spans + `]}],"repeats":{"elapsed_ns":[1]}}`)
	}
	for _, text := range []string{
		"", "null", "[]", `"`, `{"lessons":[]}`, lesson(""), lesson("{}"), lane(""), lane("{}"),
		lane(`{"state":"running","reason":"","start_ns":0,"end_ns":10},{"state":"waiting","reason":"sleep","where":"tasks.go:19","start_ns":10,"end_ns":20}`),
		lane(`{"state":"running","start_ns":5,"end_ns":4}`), lane(`{"state":"running","start_ns":0,"end_ns":9223372036854775807}`),
		lane(`{"state":"x\u001b[2J","start_ns":0,"end_ns":1}`), `{"format":2}`, "\xff\xfe{\x00}\x00", "\uFEFF{}",
		lesson(`{"variant":"a","language":"go","lanes":[],"lanes":[],"output":[]}`), lesson(`{"Variant":"a","language":"go","lanes":[],"output":[],"findings":[{"kind":1}]}`),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read("runs.json", bytes.NewReader(data))
		if err != nil {
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Next == "" || strings.ContainsFunc(e.What+e.Next, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Fatalf("%#v", err)
			}
			return
		}
		for i := range d.object.Runs {
			for lane := range d.lanes[i] {
				var last int64
				for _, span := range lane.Spans {
					if span.StartNS < last || span.EndNS < span.StartNS {
						t.Fatalf("%s: span from %d to %d after %d", lane.Name, span.StartNS, span.EndNS, last)
					}
					last = span.EndNS
				}
			}
		}
		once := written(t, d)
		again, err := Read("runs.json", strings.NewReader(once))
		if err != nil {
			t.Fatalf("%v: %s", err, once)
		}
		if twice := written(t, again); twice != once {
			t.Fatalf("%s\nis read as\n%s", once, twice)
		}
		if len(data) < 10_000 {
			shown(t, d)
		}
		var trace bytes.Buffer
		if err := d.Trace(&trace); err != nil || !json.Valid(trace.Bytes()) || !isTrace(json.NewDecoder(&trace)) {
			t.Fatalf("%v: %s", err, trace.String())
		}
		var picture, page strings.Builder
		if err := errors.Join(d.SVG(&picture, true), d.HTML(&page)); err != nil {
			t.Fatal(err)
		}
		wellFormed(t, picture.String())
	})
}

func TestSave(t *testing.T) {
	t.Parallel()
	d := Of(tasks(t))
	foreign := func(text string) string {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "runs")
	for name, write := range map[string]func(io.Writer) error{"json": d.JSON, "trace": d.Trace} {
		for range 2 { // a new file, and one of ours
			if err := errors.Join(MayReplace(path, false), Save(t.Context(), path, write)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			var want strings.Builder
			if got, err := os.ReadFile(path); err != nil || write(&want) != nil || string(got) != want.String() {
				t.Errorf("%s: %v %s", name, err, got)
			}
		}
	}
	for _, text := range []string{"notes", "{}", `{"displayTimeUnit":"ms"}`} {
		if path := foreign(text); MayReplace(path, false) == nil || MayReplace(path, true) != nil {
			t.Errorf("%s: %v %v", text, MayReplace(path, false), MayReplace(path, true))
		}
	}
	if err := MayReplace(foreign(""), false); err != nil {
		t.Error("an empty file:", err)
	}
	if err := MayReplace(folder, true); err == nil {
		t.Error("a folder would be replaced")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}

// What cannot be written whole leaves everything as it was.
func TestWhatIsNotSavedChangesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "runs.json")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := func(w io.Writer) error {
		fmt.Fprint(w, "half")
		return errors.New("no more")
	}
	if e, ok := errors.AsType[*fault.Error](Save(t.Context(), path, broken)); !ok || !strings.HasSuffix(e.What, "runs.json cannot be written: no more") {
		t.Errorf("%#v", e)
	}
	if e, ok := errors.AsType[*fault.Error](Save(t.Context(), filepath.Join(folder, "nosuch", "a"), broken)); !ok {
		t.Errorf("%#v", e)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "before" {
		t.Errorf("%s %v", data, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}
