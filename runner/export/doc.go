// Package export writes runs down, a file for each format, over one Document;
// and it reads back what it has written as JSON, or as a page.
//
// # The recording
//
// A recording is one JSON object, in UTF-8: what gosyncio run --json, gosyncio
// export --to json and gosyncio watch --record write. A page of --to html holds
// one, packed with gzip and in base64, in its script element of the ID
// "recording", unless that would make the page too large.
//
// All times are nanoseconds from the start signal that all runs of a comparison
// share. No text has characters that a terminal would not show. A field that is
// marked with ? may be missing; it then says nothing, or no.
//
//	format           1. If it is missing, 1 is meant.
//	lesson           the ID of the lesson; "watch" for programs of one's own
//	go_version       what the runs in Go were built with, such as "go1.26.8"
//	python_version   of the interpreter; "" if nothing was run in Python
//	python_error?    why there is no run in Python, though one was asked for
//	os, arch, cpus   of the machine
//	settings         of the lesson: an object of texts
//	repeat?          how many rounds there were, of which the last is told
//	runs             a list, in the order in which the stage shows them
//
// A run:
//
//	variant          of the lesson, or the name of the learner's own program
//	language         go or python
//	elapsed_ns       how long it took
//	ideal_ns         how long it would take if nothing but its waiting took time; 0 is unknown
//	gomaxprocs       0 in Python
//	cpu_ns           of the whole process, with the tracer
//	max_rss_bytes    as well
//	cost?            what of that is its own, in lessons about it: cpu_ns, memory_bytes?
//	exit_code        of its process
//	error            why it did not end well; "" if it did
//	died?            how its process died, where the variant is there to show that
//	going?           it had not ended when this was written, and all is as it was then
//	traced           whether there are lanes to look at
//	busy?            others took the CPUs that it wanted, so its times say nothing
//	output           a list of lines: at_ns, text
//	output_dropped?  how many lines there were beside those
//	lanes_cut?       there was more than is kept, so lanes are missing or end early
//	file?            the name of the file with its code
//	code?            what of that it uses, a list of lines: line (from 1), text
//	findings?        what looked wrong: kind, line ("main.go:12"), message, why
//	lanes            a list, in the order of the stage
//	repeats?         of all rounds: elapsed_ns (a list), min_ns, median_ns, max_ns, spread, failed?
//
// A lane:
//
//	name             of a region, a task or a function
//	origin?          in programs of one's own: id, number (among those of its name),
//	                 function, library? (not the learner's), parent?, by? (who started
//	                 it), started? (at which line), at_ns
//	woken?           as well: by? (the id of the lane that last let it go on from a
//	                 wait; if it is missing, a timer, the network or the system), at_ns
//	spans            a list, in order; no two of them overlap
//
// A span:
//
//	state            running, ready, waiting, syscall or blocking
//	reason           what it waits for, as the runtime calls it; "" is unknown
//	where?           at which line, such as "tasks.go:21"
//	start_ns, end_ns
//
// Fields are added, never renamed, and never come to mean something else: that
// would be format 2. A reader leaves out what it does not know, shows a state
// that it does not know as waiting, and refuses formats above its own, languages
// that it does not know, and times of more than 100 days.
package export
