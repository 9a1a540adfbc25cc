package progress

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"
)

// asWriter, set to the path of a file in the environment, makes the test
// binary a program that keeps progress there, see write.
const asWriter = "GOSYNCIO_TEST_WRITER"

// write reads pages, from args[0] to before args[1], and prints the number
// of each when it has been saved.
func write(path string, args []string) int {
	from, _ := strconv.Atoi(args[0])
	to, _ := strconv.Atoi(args[1])
	store := Open(path)
	store.patience = time.Minute
	for n := from; n < to; n++ {
		if _, err := store.Update(readPage(n)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(n)
	}
	return 0
}

func writer(t *testing.T, path string, from, to int) (*exec.Cmd, io.Reader) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, strconv.Itoa(from), strconv.Itoa(to))
	cmd.Env = append(os.Environ(), asWriter+"="+path, "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, stdout
}

func TestProcessesAtTheSameTimeLoseNothing(t *testing.T) {
	store := newStore(t)
	var writing sync.WaitGroup
	for i := range 2 {
		cmd, stdout := writer(t, store.path, 1+30*i, 31+30*i)
		writing.Go(func() {
			io.Copy(io.Discard, stdout)
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	writing.Wait()
	if n := len(load(t, store).Lessons["tasks"].Read); n != 60 {
		t.Errorf("%d pages", n)
	}
}

// TestWhatIsSavedSurvivesSIGKILL kills a program again and again while it
// saves, at any moment: what it said it had saved is there.
func TestWhatIsSavedSurvivesSIGKILL(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGKILL")
	}
	const deaths, side = 200, 4
	var killing sync.WaitGroup
	for range side {
		path := filepath.Join(t.TempDir(), "progress.json")
		killing.Go(func() {
			next := 1
			for range deaths / side {
				next = killWriter(t, path, next)
			}
		})
	}
	killing.Wait()
}

// killWriter starts a writer, kills it and wants all pages below next and
// all that it said it had saved. It returns the page after those.
func killWriter(t *testing.T, path string, next int) int {
	cmd, stdout := writer(t, path, next, maxPage)
	said := bufio.NewScanner(stdout)
	alive := said.Scan() // it is running
	time.AfterFunc(rand.N(15*time.Millisecond), func() { cmd.Process.Kill() })
	for ; alive; alive = said.Scan() {
		n, err := strconv.Atoi(said.Text())
		if err != nil {
			t.Error(err)
		}
		next = n + 1
	}
	cmd.Wait()
	s, notice, err := Open(path).Load()
	if notice != "" || err != nil {
		t.Error(notice, err)
	}
	read := s.Lessons["tasks"].Read
	for i := range next - 1 {
		if i >= len(read) || read[i] != i+1 {
			t.Errorf("page %d was saved and is gone", i+1)
			break
		}
	}
	return next
}
