// Package dictionary has a small program for each word
// of asyncio that no lesson is about.
package dictionary

import (
	"bufio"
	"bytes"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// tick is what everything here waits a few of.
const tick = 100 * time.Millisecond

// wait waits, in a lane of that name.
func wait(ctx context.Context, name string,
	d time.Duration) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
}

// Deadline gives a wait of six ticks three. It ends,
// because it listens.
func Deadline(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*tick)
	defer cancel()
	defer trace.StartRegion(ctx, "caller").End()
	select {
	case <-time.After(6 * tick):
		fmt.Println("the answer came")
	case <-ctx.Done():
		fmt.Println("too late")
	}
	return nil
}

// Reschedule moves a limit. The deadline of a context
// stays where it is, so this one is a timer's.
func Reschedule(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	limit := time.AfterFunc(2*tick, cancel)
	wait(ctx, "first", tick)
	limit.Reset(3 * tick)
	wait(ctx, "second", 2*tick)
	fmt.Println("expired:", ctx.Err() != nil)
	return nil
}

// answer sends its name when it has waited.
func answer(ctx context.Context, name string,
	d time.Duration, to chan<- string) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
	to <- name
}

// FirstDone takes the first of two answers. There is
// room for the other, so its goroutine ends, too.
func FirstDone(ctx context.Context) error {
	answers := make(chan string, 2)
	go answer(ctx, "slow", 4*tick, answers)
	go answer(ctx, "fast", 2*tick, answers)
	fmt.Println(<-answers, "is first")
	return nil
}

// AsTheyCome takes answers in the order in which they
// come.
func AsTheyCome(ctx context.Context) error {
	answers := make(chan string)
	go answer(ctx, "third", 3*tick, answers)
	go answer(ctx, "first", 1*tick, answers)
	go answer(ctx, "second", 2*tick, answers)
	for range 3 {
		fmt.Println(<-answers)
	}
	return nil
}

// save takes longer than its caller has.
func save(ctx context.Context, name string) {
	defer trace.StartRegion(ctx, name).End()
	select {
	case <-time.After(4 * tick):
		fmt.Println(name, "is saved")
	case <-ctx.Done():
		fmt.Println(name, "is cancelled")
	}
}

// Shielded cancels the draft, but not the order, whose
// context is cut off from its parent's end.
func Shielded(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*tick)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { save(ctx, "draft") })
	apart := context.WithoutCancel(ctx)
	wg.Go(func() { save(apart, "order") })
	wg.Wait()
	return nil
}

// callback goes on when what it is for is done.
func callback(ctx context.Context, name string,
	done <-chan struct{}) {
	defer trace.StartRegion(ctx, name).End()
	<-done
	fmt.Println("callback: the task is done")
}

// Callbacks has something called when a task is done.
func Callbacks(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		wait(ctx, "task", 2*tick)
	}()
	callback(ctx, "callback", done)
	return nil
}

// A result is what a future has in the end.
type result struct {
	value string
	err   error
}

// compute sets the result.
func compute(ctx context.Context, name string,
	future chan<- result) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(3 * tick)
	future <- result{value: "42"}
}

// Promise has a channel as a future: with room for one
// result, which is received once.
func Promise(ctx context.Context) error {
	future := make(chan result, 1)
	go compute(ctx, "producer", future)
	r := <-future
	if r.err != nil {
		return r.err
	}
	fmt.Println("the result is", r.value)
	return nil
}

// listen goes on until it is cancelled.
func listen(ctx context.Context, name string) {
	defer trace.StartRegion(ctx, name).End()
	<-ctx.Done()
	fmt.Println(name, "stops:", context.Cause(ctx))
}

// Cause cancels, and says why.
func Cause(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { listen(ctx, "worker") })
	time.Sleep(2 * tick)
	cancel(errors.New("the shop closes"))
	wg.Wait()
	fmt.Println("cancelled:", ctx.Err() != nil)
	return nil
}

// consumer handles what comes until there is no more.
func consumer(ctx context.Context, name string,
	jobs <-chan int, left *sync.WaitGroup) {
	defer trace.StartRegion(ctx, name).End()
	for job := range jobs {
		time.Sleep(2 * tick)
		fmt.Println("job", job, "is done")
		left.Done()
	}
}

// Queueing has a queue with room for two. The WaitGroup
// counts jobs, as Queue.join does.
func Queueing(ctx context.Context) error {
	jobs := make(chan int, 2)
	defer close(jobs) // the consumer ends, too
	var left sync.WaitGroup
	go consumer(ctx, "consumer", jobs, &left)
	for job := range 3 {
		left.Add(1)
		jobs <- job + 1 // waits while it is full
	}
	left.Wait()
	return nil
}

// offer puts a job into a queue only if there is room.
func offer(ctx context.Context, name string,
	jobs chan<- int) {
	defer trace.StartRegion(ctx, name).End()
	defer close(jobs)
	for job := range 4 {
		select {
		case jobs <- job + 1:
		default:
			fmt.Println("no room for job", job+1)
		}
		time.Sleep(tick)
	}
}

// NoWait has a producer that never waits for room.
func NoWait(ctx context.Context) error {
	jobs := make(chan int, 1)
	go offer(ctx, "producer", jobs)
	for job := range jobs {
		time.Sleep(5 * tick / 2)
		fmt.Println("job", job, "is done")
	}
	return nil
}

// numbers are a heap whose least comes first.
type numbers []int

func (n numbers) Len() int { return len(n) }
func (n numbers) Less(i, j int) bool {
	return n[i] < n[j]
}
func (n numbers) Swap(i, j int) {
	n[i], n[j] = n[j], n[i]
}
func (n *numbers) Push(number any) {
	*n = append(*n, number.(int))
}
func (n *numbers) Pop() any {
	last := (*n)[len(*n)-1]
	*n = (*n)[:len(*n)-1]
	return last
}

// Priorities does the most urgent job first.
func Priorities(ctx context.Context) error {
	var jobs numbers
	for _, job := range []int{3, 1, 2} {
		heap.Push(&jobs, job)
	}
	for jobs.Len() > 0 {
		wait(ctx, "worker", tick)
		fmt.Println("job", heap.Pop(&jobs))
	}
	return nil
}

// drain takes what is left in a queue that is closed.
func drain(ctx context.Context, name string,
	jobs <-chan int) {
	defer trace.StartRegion(ctx, name).End()
	for job := range jobs {
		time.Sleep(tick)
		fmt.Println("job", job)
	}
	fmt.Println("no more jobs")
}

// Draining closes a queue in which something is left.
func Draining(ctx context.Context) error {
	jobs := make(chan int, 3)
	for job := range 3 {
		jobs <- job + 1
	}
	close(jobs) // another send would panic
	drain(ctx, "worker", jobs)
	return nil
}

// enter is alone while it has the lock.
func enter(ctx context.Context, name string,
	lock *sync.Mutex) {
	defer trace.StartRegion(ctx, name).End()
	lock.Lock()
	defer lock.Unlock()
	time.Sleep(2 * tick)
	fmt.Println("one was alone")
}

// Locking lets two in, one after the other.
func Locking(ctx context.Context) error {
	var lock sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() { enter(ctx, "A", &lock) })
	wg.Go(func() { enter(ctx, "B", &lock) })
	wg.Wait()
	return nil
}

// waiter goes on when the channel is closed.
func waiter(ctx context.Context, name string,
	ready <-chan struct{}) {
	defer trace.StartRegion(ctx, name).End()
	<-ready
	fmt.Println("a waiter goes on")
}

// Broadcast closes a channel: all who receive go on.
func Broadcast(ctx context.Context) error {
	ready := make(chan struct{})
	var wg sync.WaitGroup
	for n := range 3 {
		name := fmt.Sprint("waiter ", n+1)
		wg.Go(func() { waiter(ctx, name, ready) })
	}
	time.Sleep(3 * tick)
	close(ready) // once: again, it would panic
	wg.Wait()
	return nil
}

// A shop has a stock. Who waits for it waits for
// changed.
type shop struct {
	stock   int
	changed *sync.Cond
}

// buy waits until there is something to buy.
func buy(ctx context.Context, name string, s *shop) {
	defer trace.StartRegion(ctx, name).End()
	s.changed.L.Lock()
	defer s.changed.L.Unlock()
	for s.stock == 0 { // another may have been faster
		s.changed.Wait()
	}
	s.stock--
	fmt.Println("one is sold")
}

// Conditions has two buyers and delivers twice.
func Conditions(ctx context.Context) error {
	s := shop{changed: sync.NewCond(&sync.Mutex{})}
	var wg sync.WaitGroup
	wg.Go(func() { buy(ctx, "buyer 1", &s) })
	wg.Go(func() { buy(ctx, "buyer 2", &s) })
	for range 2 {
		time.Sleep(2 * tick)
		s.changed.L.Lock()
		s.stock++
		s.changed.Signal()
		s.changed.L.Unlock()
	}
	wg.Wait()
	return nil
}

// visit waits for a place.
func visit(ctx context.Context, name string,
	places *semaphore.Weighted) {
	defer trace.StartRegion(ctx, name).End()
	if err := places.Acquire(ctx, 1); err != nil {
		return // ctx ended first
	}
	defer places.Release(1)
	time.Sleep(2 * tick)
	fmt.Println("one leaves")
}

// Limiting has two places for four visitors.
func Limiting(ctx context.Context) error {
	places := semaphore.NewWeighted(2)
	var wg sync.WaitGroup
	for n := range 4 {
		name := fmt.Sprint("visitor ", n+1)
		wg.Go(func() { visit(ctx, name, places) })
	}
	wg.Wait()
	return nil
}

// meet comes, and waits for the others.
func meet(ctx context.Context, name string,
	d time.Duration, missing *sync.WaitGroup) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(d)
	missing.Done()
	missing.Wait()
	fmt.Println("all are here")
}

// Meeting waits for everybody. A WaitGroup does for one
// meeting.
func Meeting(ctx context.Context) error {
	var missing, wg sync.WaitGroup
	missing.Add(3)
	wg.Go(func() { meet(ctx, "A", 1*tick, &missing) })
	wg.Go(func() { meet(ctx, "B", 2*tick, &missing) })
	wg.Go(func() { meet(ctx, "C", 3*tick, &missing) })
	wg.Wait()
	return nil
}

// ask needs what is loaded once.
func ask(ctx context.Context, name string,
	settings func() string) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println("one has the", settings())
}

// Once loads the settings for who asks first. The other
// waits for them.
func Once(ctx context.Context) error {
	settings := sync.OnceValue(func() string {
		wait(ctx, "loader", 3*tick)
		fmt.Println("loaded")
		return "settings"
	})
	var wg sync.WaitGroup
	wg.Go(func() { ask(ctx, "A", settings) })
	wg.Go(func() { ask(ctx, "B", settings) })
	wg.Wait()
	return nil
}

// crawl looks at a page that nobody has seen.
func crawl(ctx context.Context, name string,
	after time.Duration, page string, seen *sync.Map) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(after * tick)
	_, before := seen.LoadOrStore(page, name)
	fmt.Println(page, "was seen before:", before)
}

// SharedMap has a map that several write. A plain map
// would need a lock: else the program dies.
func SharedMap(ctx context.Context) error {
	var seen sync.Map
	var wg sync.WaitGroup
	wg.Go(func() { crawl(ctx, "A", 1, "home", &seen) })
	wg.Go(func() { crawl(ctx, "B", 2, "news", &seen) })
	wg.Go(func() { crawl(ctx, "C", 3, "home", &seen) })
	wg.Wait()
	return nil
}

// fill uses a buffer, and puts it back.
func fill(ctx context.Context, name string,
	buffers *sync.Pool) {
	defer trace.StartRegion(ctx, name).End()
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset() // it is as it was left
	buffer.WriteString(name)
	time.Sleep(tick)
	fmt.Println(name, "is over")
}

// Reuse uses a buffer again, if the Pool has kept it.
func Reuse(ctx context.Context) error {
	buffers := sync.Pool{New: func() any {
		fmt.Println("a new buffer")
		return new(bytes.Buffer)
	}}
	for n := range 3 {
		fill(ctx, fmt.Sprint("use ", n+1), &buffers)
	}
	return nil
}

// userKey is the key of the user in a context. Its type
// is known here alone.
type userKey struct{}

// serve answers for the user in its context.
func serve(ctx context.Context, name string) {
	defer trace.StartRegion(ctx, name).End()
	time.Sleep(2 * tick)
	fmt.Println(name, "is for", ctx.Value(userKey{}))
}

// ContextValues has a user for each request.
func ContextValues(ctx context.Context) error {
	var wg sync.WaitGroup
	ada := context.WithValue(ctx, userKey{}, "Ada")
	wg.Go(func() { serve(ada, "request 1") })
	grace := context.WithValue(ctx, userKey{}, "Grace")
	wg.Go(func() { serve(grace, "request 2") })
	wg.Wait()
	return nil
}

// labelled waits, in a goroutine with a label.
func labelled(ctx context.Context, name string) {
	label := pprof.Labels("task", name)
	pprof.Do(ctx, label, func(ctx context.Context) {
		wait(ctx, name, 3*tick)
	})
}

// Names tells which goroutines there are. They have no
// names, but labels that a profile shows.
func Names(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { labelled(ctx, "reader") })
	wg.Go(func() { labelled(ctx, "writer") })
	time.Sleep(tick)
	var text strings.Builder
	pprof.Lookup("goroutine").WriteTo(&text, 1)
	for line := range strings.Lines(text.String()) {
		if strings.Contains(line, `"task"`) {
			fmt.Print(line)
		}
	}
	wg.Wait()
	return nil
}

// Dump tells where a goroutine stands, as SIGQUIT does
// of all before it ends the program.
func Dump(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { wait(ctx, "sleeper", 3*tick) })
	time.Sleep(tick)
	buffer := make([]byte, 1<<20)
	all := string(buffer[:runtime.Stack(buffer, true)])
	for stack := range strings.SplitSeq(all, "\n\n") {
		if strings.Contains(stack, "dictionary.wait(") {
			state, _, _ := strings.Cut(stack, "\n")
			fmt.Println(state, "it is in wait")
		}
	}
	wg.Wait()
	return nil
}

// ring is called by a timer.
func ring(ctx context.Context, name string,
	rung chan<- struct{}) {
	defer trace.StartRegion(ctx, name).End()
	fmt.Println("it rings")
	close(rung)
}

// Timers has two timers, and stops one of them.
func Timers(ctx context.Context) error {
	rung := make(chan struct{})
	time.AfterFunc(3*tick, func() {
		ring(ctx, "alarm", rung)
	})
	early := time.AfterFunc(2*tick, func() {
		close(rung)
	})
	early.Stop()
	<-rung
	return nil
}

// FromThread gets what another thread has. A goroutine
// may send, whichever thread it is on.
func FromThread(ctx context.Context) error {
	answers := make(chan string)
	go answer(ctx, "thread", 3*tick, answers)
	defer trace.StartRegion(ctx, "receiver").End()
	fmt.Println(<-answers, "has answered")
	return nil
}

// Blocking goes on while something blocks. A call that
// blocks keeps its own goroutine, and no other.
func Blocking(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { wait(ctx, "blocking", 3*tick) })
	for range 2 {
		wait(ctx, "caller", tick)
		fmt.Println("the caller goes on")
	}
	wg.Wait()
	return nil
}

// greet answers each line of one client.
func greet(ctx context.Context, name string,
	listener net.Listener) {
	defer trace.StartRegion(ctx, name).End()
	conn, err := listener.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		fmt.Fprintln(conn, "hello", lines.Text())
	}
}

// Lines sends a line to a server, and reads one.
func Lines(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	go greet(ctx, "server", listener)
	address := listener.Addr().String()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Fprintln(conn, "Ada")
	line, err := bufio.NewReader(conn).ReadString('\n')
	fmt.Print(line)
	return err
}

// Exact wants four bytes, and gets three and the end.
func Exact(ctx context.Context) error {
	defer trace.StartRegion(ctx, "reader").End()
	reader := strings.NewReader("abc")
	four := make([]byte, 4)
	n, err := io.ReadFull(reader, four)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		fmt.Println("only", n, "bytes came")
	}
	return nil
}

// slowly reads, but not at once.
func slowly(ctx context.Context, name string,
	from io.ReadCloser) {
	defer trace.StartRegion(ctx, name).End()
	defer from.Close()
	time.Sleep(3 * tick)
	io.Copy(io.Discard, from)
}

// Backpressure writes what nobody reads yet: a Write
// waits by itself.
func Backpressure(ctx context.Context) error {
	defer trace.StartRegion(ctx, "writer").End()
	reader, writer := net.Pipe()
	go slowly(ctx, "reader", reader)
	defer writer.Close()
	fmt.Println("the writer waits")
	_, err := writer.Write([]byte("much"))
	fmt.Println("it was read")
	return err
}

// shout answers all that comes in capitals.
func shout(ctx context.Context, name string,
	conn net.Conn) {
	defer trace.StartRegion(ctx, name).End()
	defer conn.Close()
	buffer := make([]byte, 1024)
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return // io.EOF, or the connection is lost
		}
		conn.Write(bytes.ToUpper(buffer[:n]))
	}
}

// Protocols has a loop of Read in the place of a class
// with callbacks.
func Protocols(ctx context.Context) error {
	here, there := net.Pipe()
	defer here.Close()
	go shout(ctx, "server", there)
	fmt.Fprint(here, "hello")
	buffer := make([]byte, 1024)
	n, err := here.Read(buffer)
	fmt.Printf("%s\n", buffer[:n])
	return err
}

// Datagrams sends a datagram to itself.
func Datagrams(ctx context.Context) error {
	defer trace.StartRegion(ctx, "peer").End()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.WriteTo([]byte("ping"), conn.LocalAddr())
	buffer := make([]byte, 1024)
	n, _, err := conn.ReadFrom(buffer)
	fmt.Printf("received %s\n", buffer[:n])
	return err
}

// Process has another program sort two lines.
func Process(ctx context.Context) error {
	defer trace.StartRegion(ctx, "child").End()
	sort := exec.CommandContext(ctx, "sort")
	sort.Stdin = strings.NewReader("pear\napple\n")
	sorted, err := sort.Output()
	fmt.Print(string(sorted))
	return err
}

// interrupt sends an interrupt to its own process.
func interrupt() error {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	return self.Signal(os.Interrupt)
}

// Signals has a context that ends with a signal.
func Signals(ctx context.Context) error {
	defer trace.StartRegion(ctx, "main").End()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	time.Sleep(2 * tick)
	if err := interrupt(); err != nil {
		return err // Windows knows no such thing
	}
	<-ctx.Done()
	fmt.Println("interrupted: time to stop")
	return nil
}

// pages are three pages, one after the other.
func pages(ctx context.Context) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := range 3 {
			wait(ctx, fmt.Sprint("page ", n+1), tick)
			if !yield(n + 1) {
				return // the loop was left
			}
		}
	}
}

// Iterating goes over pages until it has enough.
func Iterating(ctx context.Context) error {
	for page := range pages(ctx) {
		fmt.Println("page", page)
		if page == 2 {
			break
		}
	}
	return nil
}

// guarded handles what nobody else does. It has to be
// in the goroutine that panics.
func guarded(ctx context.Context, name string) {
	defer trace.StartRegion(ctx, name).End()
	defer func() {
		if problem := recover(); problem != nil {
			fmt.Println("handler:", problem)
		}
	}()
	time.Sleep(2 * tick)
	panic("no answer")
}

// Unhandled goes on, though a goroutine panics.
func Unhandled(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { guarded(ctx, "callback") })
	wg.Wait()
	fmt.Println("the program goes on")
	return nil
}

// deliver writes into a pipe, later.
func deliver(ctx context.Context, name string,
	pipe *os.File) {
	defer trace.StartRegion(ctx, name).End()
	defer pipe.Close()
	time.Sleep(2 * tick)
	pipe.WriteString("data")
}

// WatchFile reads from a pipe when something is in it:
// a Read waits, and the runtime watches the file.
func WatchFile(ctx context.Context) error {
	defer trace.StartRegion(ctx, "reader").End()
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	defer reader.Close()
	go deliver(ctx, "writer", writer)
	buffer := make([]byte, 1024)
	n, err := reader.Read(buffer)
	fmt.Printf("read %s\n", buffer[:n])
	return err
}

// Resolving asks for the addresses of a name.
func Resolving(ctx context.Context) error {
	defer trace.StartRegion(ctx, "resolver").End()
	addresses, err := net.DefaultResolver.LookupNetIP(
		ctx, "ip4", "localhost")
	if err != nil {
		return err
	}
	fmt.Println("localhost is", addresses[0].Unmap())
	return nil
}
