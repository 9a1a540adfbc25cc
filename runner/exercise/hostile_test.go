package exercise

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// all has a body for the function All of the exercise order.
func all(imports, body string) string {
	return "package order\n\nimport (\n\t\"context\"\n" + imports + ")\n\n" +
		"func All(ctx context.Context, names []string, ask func(ctx context.Context, name string) string) []string {\n" + body + "\n}\n"
}

// Whatever a file is, there is a verdict in the learner's words, nothing of
// ours is named in it, and nothing is left running.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	long(t)
	order, err := Find("order")
	if err != nil {
		t.Fatal(err)
	}
	marker := filepath.Join(t.TempDir(), "alive")
	t.Cleanup(func() { // all have ended
		before, err := os.Stat(marker)
		if err != nil {
			return // it was ended before it could write
		}
		time.Sleep(200 * time.Millisecond)
		if after, err := os.Stat(marker); err != nil || after.Size() != before.Size() {
			t.Error("a process that the learner's program started goes on")
		}
	})
	for _, tt := range []struct {
		name, text string
		kind       Kind
		says       string
		line       int
	}{
		{"empty", "", Compile, "expected 'package'", 1},
		{"not Go", "def all():\n    pass\n", Compile, "expected 'package'", 1},
		{"zeros", "\x00\x00\x00", Compile, "NUL", 1},
		{"another package", "package main\n\nfunc main() {}\n", Compile, "The file's package is called main; it must stay order", 1},
		{"no function", "package order\n", Compile, "There is no function All", 0},
		{"another signature", "package order\n\nfunc All() {}\n", Compile, "All must have the parameters", 3},
		{"a build tag", "//go:build ignore\n\n" + all("", ""+"\n\treturn nil"), Compile, "keeps the file from being built", 1},
		{"an unknown import", all("\t\"golang.org/x/sync/errgroup\"\n", "\tvar _ errgroup.Group"+"\n\treturn nil"), Compile, "Exercises use the standard library alone", 5},
		{"ours", all("\t\"gosyncio/lessons/verify\"\n", "\tvar _ verify.C"+"\n\treturn nil"), Compile, "Exercises use the standard library alone", 5},
		{"no such package", all("\t\"nosuch\"\n", "\tnosuch.Do()"+"\n\treturn nil"), Compile, "package nosuch is not in std", 5},
		{"cgo", all("\t\"C\"\n", ""+"\n\treturn nil"), Compile, "without cgo", 5},
		{"a wrong type", all("\t\"sync\"\n", "\tvar wg sync.WaitGroup\n\twg.Wai()"+"\n\treturn nil"), Compile, "wg.Wai undefined (type sync.WaitGroup has no field or method Wai)", 10},
		{"unused", all("", "\tx := 1"+"\n\treturn nil"), Compile, "declared and not used: x", 8},
		{"vet", all("\t\"fmt\"\n", "\tfmt.Printf(\"%d\\n\", \"x\")"+"\n\treturn nil"), Vet, "fmt.Printf format %d has arg \"x\" of wrong type string", 9},
		{"init that exits", all("\t\"os\"\n", ""+"\n\treturn nil") + "\nfunc init() { os.Exit(0) }\n", Wrong, "ends itself in the middle of the check, with exit status 0", 0},
		{"exits", all("\t\"os\"\n", "\tos.Exit(3)"+"\n\treturn nil"), Wrong, "ends itself in the middle of the check, with exit status 3", 0},
		{"TestMain", all("\t\"testing\"\n", ""+"\n\treturn nil") + "\nfunc TestMain(m *testing.M) {}\n", Wrong, "All returns after 0s, and has begun nothing", 8},
		{"panics", all("", "\tpanic(\"no\")"), Panic, "panic: no", 8},
		{"index", all("", "\t_ = names[7]"+"\n\treturn nil"), Panic, "index out of range [7]", 8},
		{"panics in a goroutine", all("", "\tgo func() {\n\t\tpanic(\"no\")\n\t}()\n\task(ctx, \"A\")"+"\n\treturn nil"), Panic, "panic: no", 9},
		{"recurses", all("", "\tf(1)"+"\n\treturn nil") + "\nfunc f(n int) int { return f(n+1) + 1 }\n", Panic, "stack", 12},
		{"computes", all("", "\tfor n := 0; ; n++ {\n\t\t_ = n\n\t}"), Endless, "It computes without an end", 7},
		{"waits busily", all("\t\"time\"\n", "\tfor begin := time.Now(); time.Since(begin) < time.Second; {\n\t}\n\treturn nil"), Endless, "does it look at a clock, or a lock, until it is time?", 9},
		{"prints", all("\t\"fmt\"\n", "\tfor {\n\t\tfmt.Println(\"0123456789012345678901234567890123456789\")\n\t}"), Endless, "It prints without an end", 0},
		{"allocates", all("", "\tvar all [][]byte\n\tfor {\n\t\tall = append(all, make([]byte, 1<<22))\n\t\tfor i := 0; i < 1<<22; i += 4096 {\n\t\t\tall[len(all)-1][i] = 1\n\t\t}\n\t}"), Endless, "It takes more than 1 GB of memory", -1},
		{"reads stdin", all("\t\"io\"\n\t\"os\"\n", "\tio.ReadAll(os.Stdin)"+"\n\treturn nil"), Wrong, "All returns after 0s", 9},
		{"forks", all("\t\"os/exec\"\n", "\texec.Command(\"sh\", \"-c\", \"while sleep 0.05; do echo x >>"+marker+"; done\").Start()"+"\n\treturn nil"), Wrong, "All returns after 0s", 8},
		{"forks into a session", all("\t\"os/exec\"\n\t\"syscall\"\n", "\tc := exec.Command(\"sh\", \"-c\", \"while sleep 0.05; do echo x >>"+marker+"; done\")\n\tc.SysProcAttr = &syscall.SysProcAttr{Setsid: true}\n\tc.Start()"+"\n\treturn nil"), Wrong, "All returns after 0s", 9},
		{"forks without an end", all("\t\"os/exec\"\n", "\tfor {\n\t\tif exec.Command(\"sleep\", \"60\").Start() != nil {\n\t\t\tselect {}\n\t\t}\n\t}"), Endless, "It starts more than 64 processes", 0},
		{"kills itself", all("\t\"os\"\n", "\tp, _ := os.FindProcess(os.Getpid())\n\tp.Kill()\n\tselect {}"), Wrong, "The program is killed in the middle of the check", 0},
		{"crashes by a signal", all("\t\"os\"\n\t\"syscall\"\n", "\tsyscall.Kill(os.Getpid(), syscall.SIGSEGV)\n\tselect {}"), Panic, "SIGSEGV", -1},
		{"asks for signals", all("\t\"os\"\n\t\"os/signal\"\n", "\tc := make(chan os.Signal, 1)\n\tsignal.Notify(c)\n\t<-c\n\treturn nil"), Panic, "outside the call that made it: by a signal", -1},
		{"writes among our events", all("\t\"os\"\n", "\tos.NewFile(1, \"\").WriteString(\"so\\n{}\\n\")"+"\n\treturn nil"), Wrong, "All returns after 0s", 8},
		{"says that it is solved", all("\t\"os\"\n", "\tos.NewFile(1, \"\").WriteString(`{\"solved\":true}`+\"\\n\")\n\tos.Exit(0)\n\treturn nil"), Wrong, "ends itself in the middle of the check, with exit status 0", 0},
		{"other line numbers", all("", "//line /etc/passwd:1\n\tx := 1"+"\n\treturn nil"), Compile, "is an order to the compiler", 8},
		{"a linked name", all("\t_ \"unsafe\"\n", "\treturn nil") + "\n//go:linkname exit os.Exit\nfunc exit(int)\n", Compile, "is an order to the compiler", 12},
		{"without the race detector", all("", "\treturn nil") + "\n//go:norace\nfunc f() {}\n", Compile, "is an order to the compiler", 11},
		{"no path", all("\t\"sync \"\n", "\treturn nil"), Compile, `"sync " is the path of no package`, 5},
		{"something internal", all("\t_ \"internal/testenv\"\n", "\treturn nil"), Compile, "internal/testenv is internal", 5},
		{"unsafe", all("\t\"unsafe\"\n", "\t*(*int)(unsafe.Pointer(uintptr(8))) = 1"+"\n\treturn nil"), Vet, "possible misuse of unsafe.Pointer", 9},
		{"a nil channel", all("", "\tvar c chan int\n\t<-c"+"\n\treturn nil"), Deadlock, "Nobody can go on: here All waits to receive from a channel that is nil", 9},
		{"a channel of the package", all("", "\tgo func() { answers <- nil }()\n\tgo func() { answers <- nil }()\n\t<-answers\n\t<-answers\n\treturn <-answers") + "\nvar answers = make(chan []string)\n", Endless, "Here it waits to receive from a channel, which was made before All was called", 12},
		{"nothing in a select", all("", "\tselect {}"), Deadlock, "All waits in a select without cases", 8},
		{"locks twice", all("\t\"sync\"\n", "\tvar mu sync.Mutex\n\tmu.Lock()\n\tmu.Lock()"+"\n\treturn nil"), Deadlock, "All waits for a lock", 11},
		{"receives in a Once", all("\t\"sync\"\n", "\tvar once sync.Once\n\tc := make(chan int)\n\tonce.Do(func() {\n\t\t<-c\n\t})"+"\n\treturn nil"), Deadlock, "All waits to receive from a channel", 12},
		{"unlocks nothing", all("\t\"sync\"\n", "\tvar mu sync.Mutex\n\tmu.Unlock()"+"\n\treturn nil"), Panic, "unlock of unlocked mutex", 10},
		{"Goexit", all("\t\"runtime\"\n", "\truntime.Goexit()"+"\n\treturn nil"), Panic, "ended in the middle: does it call runtime.Goexit?", 9},
		{"printed controls", all("\t\"fmt\"\n", "\tfmt.Println(\"\\x1b[2Jgone\")"+"\n\treturn nil"), Wrong, "All returns after 0s", 8},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS == "windows" && strings.Contains(tt.text, "syscall.") {
				t.Skip("Windows has neither sessions nor such signals")
			}
			if runtime.GOOS != "linux" && tt.name == "forks without an end" {
				t.Skip("processes are counted on Linux alone")
			}
			v := check(t, order, tt.text)
			line := v.Line
			if tt.name == "computes" && line == tt.line+1 {
				line-- // at which of its two instructions it is interrupted is the CPU's choice
			}
			if v.Kind != tt.kind || !strings.Contains(v.Message, tt.says) || tt.line >= 0 && line != tt.line {
				t.Errorf("%+v, want %s at line %d with %q", v, tt.kind, tt.line, tt.says)
			}
			for _, said := range slices.Concat([]string{v.Message}, v.Detail, v.Output) {
				if strings.Contains(said, "exercises/") || strings.Contains(said, "verify/") || strings.Contains(said, "check.go") || strings.Contains(said, os.TempDir()) || strings.Contains(said, "\x1b") {
					t.Errorf("said: %q", said)
				}
			}
		})
	}
}
