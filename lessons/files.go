package lessons

import (
	"embed"
	"io/fs"
)

// programs are the lessons' packages, without their tests.
//
//go:embed channels/channels.go
//go:embed coroutines/coroutines.go
//go:embed cpubound/cpubound.go
//go:embed database/database.go database/server.go database/sqlite.go
//go:embed deadlock/deadlock.go
//go:embed dictionary/dictionary.go
//go:embed eventloop/eventloop.go
//go:embed fetch/fetch.go fetch/server.go
//go:embed gather/gather.go
//go:embed groups/groups.go
//go:embed leaks/leaks.go
//go:embed panics/panics.go
//go:embed pipelines/pipelines.go
//go:embed pools/pools.go
//go:embed races/races.go
//go:embed rate/rate.go
//go:embed rules/rules.go
//go:embed select/select.go
//go:embed shutdown/kill_other.go shutdown/kill_unix.go shutdown/shutdown.go shutdown/world.go
//go:embed sockets/limit_other.go sockets/limit_unix.go
//go:embed sockets/measure.go sockets/measure_linux.go sockets/measure_other.go
//go:embed sockets/server.go sockets/sockets.go
//go:embed stampede/stampede.go
//go:embed streams/server.go streams/streams.go
//go:embed tasks/tasks.go
//go:embed timeouts/server.go timeouts/timeouts.go
//go:embed virtual/server.go virtual/virtual.go
//go:embed yours/yours.go
var programs embed.FS

// Files are the files of the lesson's package, for all systems, without its
// tests.
func (l Lesson) Files() fs.FS {
	files, err := fs.Sub(programs, l.ID)
	if err != nil {
		panic("lessons: " + err.Error()) // an id is a valid path
	}
	return files
}
