package punctual

import (
	"container/heap"
	"context"
	"time"
)

type Timer struct {
	Due  time.Duration
	Call func()
}

type queue []Timer

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].Due < q[j].Due }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(Timer)) }
func (q *queue) Pop() any          { o := *q; x := o[len(o)-1]; *q = o[:len(o)-1]; return x }

func Run(timers []Timer) {
	q := queue(timers)
	heap.Init(&q)
	n := q.Len()
	start := time.Now()
	over := make(chan struct{})
	for q.Len() > 0 {
		t := heap.Pop(&q).(Timer)
		ctx, stop := context.WithDeadline(context.Background(), start.Add(t.Due))
		context.AfterFunc(ctx, func() { defer stop(); t.Call(); over <- struct{}{} })
	}
	for range n {
		<-over
	}
}
