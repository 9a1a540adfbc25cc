package lessons

import (
	"container/heap"
	"time"
)

// makespan returns when the last of n jobs ends if at most limit run at a time
// and each starts, in order, as soon as one before it ends: Graham's list
// scheduling.
func makespan(n, limit int, length func(i int) time.Duration) time.Duration {
	var end time.Duration
	busy := ends{}
	for i := range n {
		var start time.Duration
		if len(busy) == limit {
			start = heap.Pop(&busy).(time.Duration)
		}
		heap.Push(&busy, start+length(i))
		end = max(end, start+length(i))
	}
	return end
}

// ends is a heap of the times at which the jobs under way will end.
type ends []time.Duration

func (e ends) Len() int           { return len(e) }
func (e ends) Less(i, j int) bool { return e[i] < e[j] }
func (e ends) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *ends) Push(x any)        { *e = append(*e, x.(time.Duration)) }
func (e *ends) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}
