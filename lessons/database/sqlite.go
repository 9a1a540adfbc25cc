package database

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync"
	"time"

	"modernc.org/sqlite"
)

// open opens the database file at path. Its SQL has sleep(seconds), as
// PostgreSQL has pg_sleep, so that a query takes time without being long.
func open(path string) (*sql.DB, error) {
	if err := register(); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", path)
}

// register makes sleep known to the driver, which takes it only once.
var register = sync.OnceValue(func() error {
	return sqlite.RegisterScalarFunction("sleep", 1, sleep)
})

// pause is how sleep passes the time. A test replaces it, to see how many
// do so at once.
var pause = time.Sleep

// sleep blocks the connection for the seconds that it is given, and is true.
func sleep(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	switch seconds := args[0].(type) {
	case float64:
		pause(time.Duration(seconds * float64(time.Second)))
	case int64:
		pause(time.Duration(seconds) * time.Second)
	default:
		return nil, fmt.Errorf("sleep(%v): not a number of seconds", args[0])
	}
	return int64(1), nil
}
