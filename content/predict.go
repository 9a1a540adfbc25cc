package content

// Predict asks what the run that follows it on the page will show. It is
// asked before the run, which then decides.
type Predict struct {
	Line     int    // of the fence in lesson.md
	ID       string // unique among the lesson's questions; progress refers to it
	Question string
	Variant  string // the run that decides, one of the variants of the page's Run
	Language string // the language of that run: "go" or "python"
	Measure  Measure
	// Of is what a line of the output has to contain to be counted or read;
	// "" unless Measure is MeasureCount or MeasureNumber.
	Of      string
	Answers []Answer // 2 to 5, one of them right
}

// A Measure is what of a run a Predict asks for.
type Measure string

// The measures. The answers are texts, as Fill takes them, for the first
// and the last line, and formulas, as Formula takes them, for all others.
const (
	MeasureTime      Measure = "time"       // how many seconds it takes
	MeasureSpeedup   Measure = "speedup"    // how many times sooner it ends than the variant sequential
	MeasureCount     Measure = "count"      // how many lines of the output contain Of
	MeasureNumber    Measure = "number"     // the first number in the first line that contains Of
	MeasureFirstLine Measure = "first line" // of the output
	MeasureLastLine  Measure = "last line"  // of the output
)

// Formulas is whether the answers are formulas. Else they are texts.
func (m Measure) Formulas() bool { return m != MeasureFirstLine && m != MeasureLastLine }

// An Answer is one that the learner may choose.
type Answer struct {
	Line  int    // where it begins in lesson.md
	Is    string // for a Predict a formula or a text, see Measure; for a Question Markdown in one line
	Right bool
	Why   string // why this is so, or is not; Markdown in one line
}

// Quiz asks at the end of a lesson what it has taught.
type Quiz struct {
	Line      int        // of the fence in lesson.md
	Questions []Question // 3 to 5
}

// A Question is one of a Quiz.
type Question struct {
	Line     int      // where it begins in lesson.md
	ID       string   // unique among the lesson's questions; progress refers to it
	Question string   // Markdown in one line
	Answers  []Answer // 2 to 5; at least one is right, and one wrong
}

func (Predict) block() {}
func (Quiz) block()    {}

// Several is whether more than one answer is right, so that all of those
// are to be chosen.
func (q Question) Several() bool {
	right := 0
	for _, a := range q.Answers {
		if a.Right {
			right++
		}
	}
	return right > 1
}

// Quiz is what the lesson asks at its end, and whether it asks anything.
func (l Lesson) Quiz() (Quiz, bool) {
	if len(l.Pages) == 0 {
		return Quiz{}, false
	}
	return find[Quiz](l.Pages[len(l.Pages)-1])
}

// Predict is what the page asks before its run, and whether it asks.
func (p Page) Predict() (Predict, bool) { return find[Predict](p) }

// find is the first block of a kind on a page, and whether there is one.
func find[B Block](p Page) (block B, ok bool) {
	for _, b := range p.Blocks {
		if block, ok = b.(B); ok {
			return block, true
		}
	}
	return block, false
}
